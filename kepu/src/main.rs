//! The kepu command.

fn main() {}
