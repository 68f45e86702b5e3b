//! What handlers return: a page's body, or a file to keep.

use askama::Template;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use super::view::View;
use super::{App, Error, Feature, Link, Result, assets};

/// The places that the elder view leads to: few, and none of the staff's.
const ELDER: [Link; 3] = [
    Link {
        path: "/plan",
        label: "方案",
    },
    Link {
        path: "/plan/targets",
        label: "目标",
    },
    Link {
        path: "/plan/search",
        label: "搜索",
    },
];

/// A page: its title and body. The shell puts it into the layout.
#[derive(Clone, Debug)]
pub struct Page {
    title: String,
    body: String,
    wide: bool,
    data: Option<String>,
}

impl Page {
    /// A page whose body is a rendered template.
    pub fn new(title: impl Into<String>, body: &impl Template) -> Result<Self> {
        Ok(Self {
            title: title.into(),
            body: body.render().map_err(Error::fault)?,
            wide: false,
            data: None,
        })
    }

    /// The same page, printed on landscape paper.
    pub fn wide(self) -> Self {
        Self { wide: true, ..self }
    }

    /// The same page, naming the address of its data.
    pub fn with_data(self, path: impl Into<String>) -> Self {
        Self {
            data: Some(path.into()),
            ..self
        }
    }

    pub(super) fn framed(self, app: &App, features: &[&Feature], asked: &Asked) -> Response {
        self.framed_as(StatusCode::OK, app, features, asked)
    }

    pub(super) fn framed_as(self, status: StatusCode, app: &App, features: &[&Feature], asked: &Asked) -> Response {
        let elder = asked.view == View::Elder;
        let links: Vec<&Link> = if elder {
            ELDER.iter().collect()
        } else {
            features.iter().flat_map(|feature| feature.navigation).collect()
        };
        let layout = Layout {
            title: &self.title,
            place: &app.config.place,
            phone: &app.config.phone,
            style: assets::style(),
            icon: assets::icon(),
            current: asked.current(&links),
            back: &asked.address,
            elder,
            wide: self.wide,
            data: self.data.filter(|_| !elder),
            body: &self.body,
            links,
        };
        match layout.render() {
            Ok(html) => (status, Html(html)).into_response(),
            Err(failure) => {
                tracing::error!(error = %failure, "layout");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}

impl IntoResponse for Page {
    /// Carries the page to the shell's frame.
    fn into_response(self) -> Response {
        let mut reply = Response::default();
        reply.extensions_mut().insert(self);
        reply
    }
}

/// What the frame has to know of the request.
pub(super) struct Asked {
    pub(super) path: String,
    pub(super) address: String,
    pub(super) view: View,
}

impl Asked {
    pub(super) fn of(request: &Request) -> Self {
        let uri = request.uri();
        Self {
            path: uri.path().to_owned(),
            address: uri.path_and_query().map_or("/", |address| address.as_str()).to_owned(),
            view: View::of(request.headers()),
        }
    }

    /// The navigation place that the request lies in: the longest one that its path starts with.
    fn current(&self, links: &[&Link]) -> Option<String> {
        links
            .iter()
            .map(|link| link.path)
            .filter(|place| {
                self.path
                    .strip_prefix(place)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
            .max_by_key(|place| place.len())
            .map(str::to_owned)
    }
}

#[derive(Template)]
#[template(path = "shell/layout.html")]
struct Layout<'a> {
    title: &'a str,
    place: &'a str,
    phone: &'a str,
    style: &'a str,
    icon: &'a str,
    links: Vec<&'a Link>,
    current: Option<String>,
    back: &'a str,
    elder: bool,
    wide: bool,
    data: Option<String>,
    body: &'a str,
}

/// A file to keep.
pub struct Download {
    /// Its name, which may be Chinese.
    pub name: String,
    /// Its media type.
    pub kind: &'static str,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl IntoResponse for Download {
    fn into_response(self) -> Response {
        let mut reply = self.bytes.into_response();
        let headers = reply.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind));
        let name: String = self.name.bytes().map(|byte| format!("%{byte:02X}")).collect();
        if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{name}")) {
            headers.insert(header::CONTENT_DISPOSITION, value);
        }
        reply
    }
}
