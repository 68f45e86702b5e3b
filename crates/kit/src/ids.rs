//! Identifiers: UUIDv7 (RFC 9562, 5.7) as text, so that rows sort by the time they were made.

use std::cell::Cell;

use uuid::{Builder, Uuid};

/// 64 bits of randomness, handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed(pub u64);

impl Seed {
    /// From the operating system.
    ///
    /// # Panics
    /// When the operating system has no randomness to give; nothing safe can be done then.
    pub fn system() -> Self {
        Self(getrandom::u64().expect("the operating system gives randomness"))
    }

    /// The next number of the sequence that the seed starts (SplitMix64, Steele, Lea and Flood 2014).
    fn next(self, step: u64) -> u64 {
        let mut z = self.0.wrapping_add(step.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

/// Makes the ids of one act: from its time and its seed, so that an act that runs again makes the same ids.
#[derive(Debug)]
pub struct Ids {
    micros: i64,
    seed: Seed,
    made: Cell<u64>,
}

impl Ids {
    /// Ids of an act at a time in microseconds UTC.
    pub fn new(micros: i64, seed: Seed) -> Self {
        Self {
            micros,
            seed,
            made: Cell::new(0),
        }
    }

    /// The next id, 36 characters. Ids of one act rise in the order of making.
    pub fn next(&self) -> String {
        let made = self.made.get();
        self.made.set(made + 1);
        let (high, low) = (self.seed.next(2 * made + 1), self.seed.next(2 * made + 2));
        let mut random = [0_u8; 10];
        random[..8].copy_from_slice(&high.to_be_bytes());
        random[8..].copy_from_slice(&low.to_be_bytes()[..2]);
        // Ids of one act share their millisecond; the first twelve random bits (rand_a) count instead.
        let count = (made % 0x1000) as u16;
        random[0] = (count >> 8) as u8;
        random[1] = count as u8;
        let millis = u64::try_from(self.micros / 1000).unwrap_or(0);
        let id: Uuid = Builder::from_unix_timestamp_millis(millis, &random).into_uuid();
        id.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_version_seven_rise_and_repeat_with_their_seed() {
        let make = |seed| {
            let ids = Ids::new(1_790_000_000_000_000, Seed(seed));
            (0..500).map(|_| ids.next()).collect::<Vec<_>>()
        };
        let (first, again, other) = (make(1), make(1), make(2));
        assert_eq!(first, again);
        assert_ne!(first[0], other[0]);
        assert!(first.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(Uuid::parse_str(&first[0]).map(|id| id.get_version_num()), Ok(7));
    }
}
