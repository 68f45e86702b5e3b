//! The elder view (长辈版): a cookie that a plain link sets, so it needs no script and no account.

use axum::extract::Query;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

const COOKIE: &str = "kepu-view";
const YEAR: u32 = 365 * 24 * 3600;

/// How pages look for this visitor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// As designed.
    #[default]
    Usual,
    /// 长辈版: larger type and targets, the help line in sight.
    Elder,
}

impl View {
    /// What the request's cookie says.
    pub fn of(headers: &HeaderMap) -> Self {
        let elder = headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .any(|pair| pair.trim() == "kepu-view=elder");
        if elder { Self::Elder } else { Self::Usual }
    }
}

/// The query of the switch.
#[derive(Deserialize)]
pub struct Choice {
    mode: String,
    #[serde(default)]
    back: String,
}

/// Sets the cookie and goes back to the page where the switch was used.
pub async fn choose(Query(choice): Query<Choice>) -> Response {
    let cookie = match choice.mode.as_str() {
        "elder" => format!("{COOKIE}=elder; Path=/; Max-Age={YEAR}; SameSite=Lax; HttpOnly"),
        _ => format!("{COOKIE}=; Path=/; Max-Age=0; SameSite=Lax; HttpOnly"),
    };
    let back = if is_own_path(&choice.back) { &choice.back } else { "/" };
    let mut reply = StatusCode::SEE_OTHER.into_response();
    let headers = reply.headers_mut();
    for (name, value) in [(header::SET_COOKIE, cookie.as_str()), (header::LOCATION, back)] {
        headers.insert(
            name,
            HeaderValue::from_str(value).unwrap_or(HeaderValue::from_static("/")),
        );
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    reply
}

/// Whether a redirect to `path` stays on this server: one leading slash, and only what an address may hold.
fn is_own_path(path: &str) -> bool {
    let mut bytes = path.bytes();
    bytes.next() == Some(b'/')
        && !matches!(bytes.next(), Some(b'/' | b'\\'))
        && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
}

#[cfg(test)]
mod tests {
    use super::is_own_path;

    #[test]
    fn only_paths_of_this_server_are_gone_back_to() {
        for good in ["/", "/plan", "/plan/search?q=%E5%81%A5", "/plan/measures/3.1-2"] {
            assert!(is_own_path(good), "{good}");
        }
        for bad in [
            "",
            "plan",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nb",
            "/健",
        ] {
            assert!(!is_own_path(bad), "{bad}");
        }
    }
}
