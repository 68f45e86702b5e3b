//! What a feature gives to the shell.

use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{self, MethodRouter};
use kepu_db::Statement;

use super::{App, Permission};

/// A feature: one folder of the application, as the shell sees it.
pub struct Feature {
    /// Its name: folder, templates and tests bear it.
    pub name: &'static str,
    /// Its routes.
    pub routes: fn() -> Vec<Route>,
    /// Its places in the main navigation.
    pub navigation: &'static [Link],
    /// Its SQL, which a test prepares on both engines.
    pub statements: &'static [&'static Statement],
}

/// A place in the main navigation.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    /// Where it leads. It is marked as current for every page below it.
    pub path: &'static str,
    /// Its words.
    pub label: &'static str,
}

/// A route: a path, the permission that it needs, and the handler. There is no other way to declare one.
pub struct Route {
    /// Path with `{name}` for parameters.
    pub path: &'static str,
    /// Method; GET also answers HEAD.
    pub method: Method,
    /// What the caller must be allowed.
    pub permission: Permission,
    /// The largest body that is read, in bytes.
    pub body_limit: usize,
    pub(super) handler: MethodRouter<App>,
}

impl Route {
    /// A route that reads.
    pub fn get<H, T>(path: &'static str, permission: Permission, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        Self::new(path, Method::GET, permission, routing::get(handler))
    }

    /// A route that takes a form or a file.
    pub fn post<H, T>(path: &'static str, permission: Permission, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        Self::new(path, Method::POST, permission, routing::post(handler))
    }

    /// The same route for larger bodies.
    pub fn with_body_limit(self, bytes: usize) -> Self {
        Self {
            body_limit: bytes,
            ..self
        }
    }

    fn new(path: &'static str, method: Method, permission: Permission, handler: MethodRouter<App>) -> Self {
        Self {
            path,
            method,
            permission,
            body_limit: 64 * 1024,
            handler,
        }
    }
}
