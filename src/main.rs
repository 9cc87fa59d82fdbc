//! The command-line program: everything is in [`casus::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    let (out, err) = (anstream::stdout(), anstream::stderr());
    casus::cli::run(std::env::args_os(), &mut out.lock(), &mut err.lock()).into()
}
