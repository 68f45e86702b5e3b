//! The kepu application.
