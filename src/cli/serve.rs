//! `casus serve`: an exercise in a room of browsers.

use super::exit::Exit;
use super::sitting::{Place, Sitting};
use super::terminal::Terminal;
use super::trouble::Trouble;
use crate::exercise::session::machine_watch;
use crate::serve::{Options, PORT, Running, for_terminal, lan_address, start};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

const EXAMPLES: &str = "\
Examples:
  casus serve exercises/korea                    on this machine only, to try it out
  casus serve exercises/korea --lan              open to everybody in the same network
  casus serve --resume korea.session             go on after a stop; nobody has to be let in again";

/// Run an exercise in a room of browsers
///
/// The facilitator, each team, evaluators and a projector get a page each. The room is on this machine only unless --lan opens it;
/// it needs no internet and no account. Everything is kept in one session file the moment it is acknowledged. Stop with Ctrl+C.
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(flatten)]
    sitting: Sitting,
    /// Open the room to the network: plain HTTP, so only in a network that you trust
    #[arg(long)]
    lan: bool,
    /// The port to listen on; 0: any that is free
    #[arg(long, default_value_t = PORT)]
    port: u16,
    /// Another name by which browsers call this machine (may be repeated)
    #[arg(long, value_name = "NAME")]
    name: Vec<String>,
}

impl Arguments {
    /// A room on this machine only.
    pub(super) fn of(sitting: Sitting) -> Self {
        Self {
            sitting,
            lan: false,
            port: PORT,
            name: Vec::new(),
        }
    }
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Exit, Trouble> {
    // A port that is taken is told before a session is made.
    let ip = if arguments.lan {
        Ipv4Addr::UNSPECIFIED
    } else {
        Ipv4Addr::LOCALHOST
    };
    let address = SocketAddr::new(IpAddr::V4(ip), arguments.port);
    drop(crate::serve::listen(address)?);
    let Some((pack, store)) = arguments.sitting.open(Place::Room, terminal)? else {
        return Ok(Exit::CouldNotRun);
    };
    let (title, marking) = pack
        .exercise
        .as_ref()
        .map(|exercise| (exercise.title.clone(), exercise.marking.clone()))
        .unwrap_or_default();
    let file = store.path().display().to_string();
    let options = Options {
        address,
        names: arguments.name.clone(),
        watch: machine_watch(),
        beat: 15,
    };
    let running = start(store, pack, options)?;
    let ip = if arguments.lan { lan_address() } else { None };
    let ip = ip.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    let link = format!("http://{}", SocketAddr::new(ip, running.address.port()));
    writeln!(terminal.out, "{marking}\n{title}\n")?;
    writeln!(
        terminal.out,
        "Facilitator (works once):\n  {link}/enter#{}",
        running.token
    )?;
    writeln!(
        terminal.out,
        "Everybody else:\n  {link}/   code of the room: {}",
        running.room_code
    )?;
    if arguments.lan {
        opened(&link, &running, terminal)?;
    }
    writeln!(
        terminal.out,
        "\nStop with Ctrl+C; go on with: casus serve --resume {file}"
    )?;
    terminal.out.flush()?;
    running.wait();
    Ok(Exit::Fine)
}

/// What to know of a room that is open to the network.
fn opened(link: &str, running: &Running, terminal: &mut Terminal<'_>) -> Result<(), Trouble> {
    if let Some(code) = for_terminal(&format!("{link}/enter#{}", running.room_code)) {
        writeln!(terminal.out, "\n{code}")?;
    }
    writeln!(
        terminal.err,
        "casus: the room is open to everybody in this network, over plain HTTP: whoever can read the network can read it too. Use one that you trust."
    )?;
    Ok(())
}
