//! Small things that every crate of kepu needs: the clock, ids, codes with a check digit, region codes.
//!
//! Time and randomness are handed in. The one place that asks the operating system for either is here
//! ([`Clock::system`], [`Seed::system`]); everything else takes what it is given, so tests and replays are exact.

mod clock;
mod code;
mod ids;
mod region;

pub use clock::Clock;
pub use code::{check_character, is_valid, with_check_character};
pub use ids::{Ids, Seed};
pub use region::{Level, RegionCode};
