//! SQL as named constants.

/// An SQL text with the name that errors and traces use.
#[derive(Debug, PartialEq, Eq)]
pub struct Statement {
    /// Its name, as in the code.
    pub name: &'static str,
    /// Portable SQL with `$1` parameters.
    pub sql: &'static str,
}

/// Declares the statements of a module, and `STATEMENTS`, the list of them all, for the test that prepares every one
/// on both engines.
///
/// ```
/// kepu_db::statements! {
///     pub ONE = "SELECT CAST(1 AS BIGINT) AS one";
///     TWO = "SELECT CAST(2 AS BIGINT) AS two";
/// }
/// assert_eq!(STATEMENTS.len(), 2);
/// assert_eq!(TWO.name, "TWO");
/// ```
#[macro_export]
macro_rules! statements {
    ($($(#[$meta:meta])* $vis:vis $name:ident = $sql:expr;)*) => {
        $(
            $(#[$meta])*
            #[expect(clippy::allow_attributes, reason = "the documentation lint cannot be expected in a macro")]
            #[allow(missing_docs, reason = "the SQL says what it does")]
            $vis static $name: $crate::Statement = $crate::Statement { name: stringify!($name), sql: $sql };
        )*
        /// Every statement of this module.
        #[expect(clippy::allow_attributes, reason = "whether a module's list is used is not known here")]
        #[allow(dead_code, reason = "read by the tests that prepare every statement")]
        pub static STATEMENTS: &[&$crate::Statement] = &[$(&$name),*];
    };
}
