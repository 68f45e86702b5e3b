//! Static files: part of the binary, served under names that hold a hash of their content, so that a browser may
//! keep them for ever.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::{Error, Result};

struct Asset {
    name: String,
    kind: &'static str,
    bytes: &'static [u8],
}

static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "kepu",
        "css",
        "text/css; charset=utf-8",
        concat!(
            include_str!("../../assets/tokens.css"),
            include_str!("../../assets/base.css"),
            include_str!("../../assets/parts.css"),
            include_str!("../../assets/plan.css"),
            include_str!("../../assets/print.css"),
        )
        .as_bytes(),
    )
});

static ICON: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("icon", "svg", "image/svg+xml", include_bytes!("../../assets/icon.svg")));

impl Asset {
    fn new(stem: &str, extension: &str, kind: &'static str, bytes: &'static [u8]) -> Self {
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        Self {
            name: format!("{stem}-{:016x}.{extension}", hasher.finish()),
            kind,
            bytes,
        }
    }
}

/// File name of the style sheet.
pub fn style() -> &'static str {
    &STYLE.name
}

/// File name of the icon.
pub fn icon() -> &'static str {
    &ICON.name
}

/// Serves a static file.
pub async fn asset(Path(name): Path<String>) -> Result<Response> {
    let asset = [&*STYLE, &*ICON]
        .into_iter()
        .find(|asset| asset.name == name)
        .ok_or(Error::NotFound("这个文件"))?;
    let mut reply = asset.bytes.into_response();
    let headers = reply.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    Ok(reply)
}
