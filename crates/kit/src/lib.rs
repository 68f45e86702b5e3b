//! Ids, clock, randomness, errors and other small things that every crate of kepu needs.
