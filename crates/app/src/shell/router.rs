//! The router, built from the routes of the features. Nothing is served that is not declared there.

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tokio::sync::Semaphore;

use super::{App, Caller, Error, Feature, Permission, Route, assets, headers, health, may, page, view};

/// The shell's own routes.
pub fn own_routes() -> Vec<Route> {
    vec![
        Route::get("/healthz", Permission::Probe, health::healthz),
        Route::get("/readyz", Permission::Probe, health::readyz),
        Route::get("/assets/{name}", Permission::Probe, assets::asset),
        Route::get("/view", Permission::ChooseView, view::choose),
    ]
}

/// The whole application as a service.
pub fn router(app: App, features: &'static [&'static Feature]) -> axum::Router {
    let routes = features
        .iter()
        .flat_map(|feature| (feature.routes)())
        .chain(own_routes());
    let mut router = axum::Router::new();
    for route in routes {
        let (permission, body_limit) = (route.permission, route.body_limit);
        let handler = route.handler.layer(DefaultBodyLimit::max(body_limit)).layer(from_fn(
            move |request: Request, next: Next| guard(permission, body_limit, request, next),
        ));
        router = router.route(route.path, handler);
    }
    router
        .fallback(|| async { Error::NotFound("这个网页") })
        .method_not_allowed_fallback(|| async { Error::Method })
        .layer(from_fn(caught))
        .layer(from_fn_with_state((app.clone(), features), framed))
        .layer(from_fn(headers::conditional))
        .layer(from_fn(headers::secure))
        .with_state(app)
}

/// Bodies above this size are uploads: only a few are taken at once, so that they cannot fill the memory together.
const UPLOAD: usize = 256 * 1024;
static UPLOADS: Semaphore = Semaphore::const_new(8);

/// Lets the handler run only when the caller has the route's permission.
async fn guard(permission: Permission, body_limit: usize, mut request: Request, next: Next) -> Response {
    // PostgreSQL has no NUL in text, and no address of ours has one.
    if request.uri().path().contains("%00") {
        return Error::NotFound("这个网页").into_response();
    }
    let _permit = match UPLOADS.try_acquire() {
        Ok(permit) if body_limit > UPLOAD => Some(permit),
        Err(_) if body_limit > UPLOAD => return Error::Unavailable.into_response(),
        _ => None,
    };
    let caller = Caller::Visitor;
    if !may(caller, permission) {
        return Error::Denied.into_response();
    }
    request.extensions_mut().insert(caller);
    next.run(request).await
}

/// Turns what handlers return into finished answers: pages into the layout, errors into pages or problem+json.
async fn framed(
    State((app, features)): State<(App, &'static [&'static Feature])>,
    request: Request,
    next: Next,
) -> Response {
    let asked = page::Asked::of(&request);
    let mut reply = next.run(request).await;
    if let Some(page) = reply.extensions_mut().remove::<page::Page>() {
        return page.framed(&app, features, &asked);
    }
    if let Some(error) = reply.extensions_mut().remove::<Error>() {
        return error.answered(&app, features, &asked);
    }
    // Refusals of the framework itself (a body too large, a form that cannot be read) get our words as well.
    match reply.status() {
        status if !status.is_client_error() => reply,
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge.answered(&app, features, &asked),
        _ => Error::Invalid("请求的写法有误，请从页面上的链接或按钮重新进入。".to_owned())
            .answered(&app, features, &asked),
    }
}

/// A panic in a handler is a fault like any other: one answer fails, the server goes on.
async fn caught(request: Request, next: Next) -> Response {
    match tokio::spawn(next.run(request)).await {
        Ok(reply) => reply,
        Err(failure) => Error::fault(failure).into_response(),
    }
}
