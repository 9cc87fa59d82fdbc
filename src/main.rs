//! The command-line program: everything is in [`casus::cli`].

/// A run asks for many small pieces of memory: this one hands them out faster than the system's, from fewer pages.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use std::process::ExitCode;

fn main() -> ExitCode {
    let width = terminal_size::terminal_size_of(std::io::stdout());
    let width = width.map(|(width, _)| usize::from(width.0));
    let (out, err) = (anstream::stdout(), anstream::stderr());
    let arguments = std::env::args_os();
    casus::cli::run_wide(arguments, &mut out.lock(), &mut err.lock(), width).into()
}
