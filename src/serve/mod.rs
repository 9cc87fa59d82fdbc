//! A room of browsers for one exercise: pages for the facilitator, the teams, evaluators and the projector, over plain HTTP.

mod access;
mod act;
mod answer;
mod desk;
mod form;
mod gate;
mod limit;
mod page;
mod qr;
mod route;
mod secret;
mod stream;

use crate::exercise::Pack;
use crate::exercise::session::{Keeper, NotKept, Store, StoreError, Watch};
pub use qr::for_terminal;

use access::Access;
use desk::{Bell, Desk, Job};
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::sync::mpsc;
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// Where browsers connect if nothing else is said.
pub const PORT: u16 = 8700;

/// How a room is opened.
pub struct Options {
    /// Where it listens.
    pub address: SocketAddr,
    /// Further names by which browsers may call it.
    pub names: Vec<String>,
    /// Tells the time.
    pub watch: Watch,
    /// A sign of life goes out every so many seconds.
    pub beat: u64,
}

/// Why a room cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Somebody else listens there.
    #[error(
        "port {0} is taken: another program listens there, perhaps another `casus serve`; choose another one with `--port`"
    )]
    Taken(u16),
    /// It cannot listen there.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, io::Error),
    /// No thread, or no randomness.
    #[error("cannot open a room: {0}")]
    Machine(String),
    /// The session cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The session cannot be taken up.
    #[error(transparent)]
    Kept(#[from] NotKept),
}

/// A room that is open.
#[derive(Debug)]
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    /// What opens the lobby.
    pub room_code: String,
    /// What makes one device the facilitator's.
    pub token: String,
    stop: oneshot::Sender<()>,
    threads: [JoinHandle<()>; 2],
}

impl Running {
    /// Waits until the room is closed, which only the end of the program does.
    pub fn wait(self) {
        let [http, desk] = self.threads;
        let _ = http.join();
        drop(self.stop);
        let _ = desk.join();
    }

    /// Closes the room; everything that was acknowledged is on the disk.
    pub fn stop(self) {
        // The other side may be gone already.
        let _ = self.stop.send(());
        for thread in self.threads {
            let _ = thread.join();
        }
    }
}

/// The address by which others in the same network reach this machine, as far as one can tell.
pub fn lan_address() -> Option<IpAddr> {
    // Nothing is sent: the system only says which way it would go.
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    let address = socket.local_addr().ok()?.ip();
    (!address.is_loopback() && !address.is_unspecified()).then_some(address)
}

/// Listens.
///
/// # Errors
/// A port that is taken, or an address that is not this machine's.
pub fn listen(address: SocketAddr) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address).map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => ServeError::Taken(address.port()),
        _ => ServeError::Listen(address, error),
    })
}

/// Opens a room on a session of an exercise, which was read before and is read no second time.
///
/// # Errors
/// A port that is taken, or a session that cannot be used.
pub fn start(store: Store, pack: Pack, options: Options) -> Result<Running, ServeError> {
    let wanted = options.address;
    let listener = listen(wanted)?;
    let listen = |error| ServeError::Listen(wanted, error);
    listener.set_nonblocking(true).map_err(listen)?;
    let address = listener.local_addr().map_err(listen)?;
    let gate = gate::Gate::new(address, &options.names);
    let (bell, jobs) = mpsc::channel();
    let (opened, open) = mpsc::channel();
    let link = gate.link();
    let desk = thread("desk", move || {
        desk_thread(store, &pack, options, link, &jobs, &opened);
    })?;
    let unopened = || ServeError::Machine("the desk did not open".to_owned());
    let (room_code, token) = open.recv().map_err(|_| unopened())??;
    let (stop, stopped) = oneshot::channel();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| ServeError::Machine(error.to_string()))?;
    let app = route::router(Bell(bell), gate);
    let http = thread("http", move || {
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            let app = app.into_make_service_with_connect_info::<SocketAddr>();
            axum::serve(listener, app).await
        });
        let _ = runtime.block_on(stopped);
        runtime.shutdown_background();
    })?;
    Ok(Running {
        address,
        room_code,
        token,
        stop,
        threads: [http, desk],
    })
}

fn thread(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, ServeError> {
    let built = std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(work);
    built.map_err(|error| ServeError::Machine(error.to_string()))
}

type Opened = Result<(String, String), ServeError>;

fn desk_thread(
    store: Store,
    pack: &Pack,
    options: Options,
    link: String,
    jobs: &mpsc::Receiver<Job>,
    opened: &mpsc::Sender<Opened>,
) {
    let keeper = match Keeper::open(store, pack, options.watch) {
        Ok(keeper) => keeper,
        Err(error) => return drop(opened.send(Err(error.into()))),
    };
    let access = match Access::open(&keeper.store, keeper.session.exercise) {
        Ok(Some(access)) => access,
        Ok(None) => {
            let why = "this machine has no randomness to give".to_owned();
            return drop(opened.send(Err(ServeError::Machine(why))));
        }
        Err(error) => return drop(opened.send(Err(error.into()))),
    };
    let codes = (
        access.room_code.clone(),
        access.token().unwrap_or_default().to_owned(),
    );
    let mut desk = Desk::new(keeper, access, link, options.beat);
    if opened.send(Ok(codes)).is_ok() {
        desk.work(jobs);
    }
}
