# What the scripts share: messages, privileges, packages. Sourced, never run.
# shellcheck shell=bash

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
TARGET="$(cd "$ROOT" && realpath -m "${CARGO_TARGET_DIR:-target}")"
SHARED="${KEPU_SHARED:-$ROOT/../shared}"
# rustup puts cargo here; a shell that is not a login shell may not know it.
[ -d "$HOME/.cargo/bin" ] && PATH="$HOME/.cargo/bin:$PATH"

say() { printf '\n== %s\n' "$*"; }
note() { printf '   %s\n' "$*"; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

need_rust() {
  have cargo || fail "cargo was not found. Install Rust with rustup (https://rustup.rs), then run this again."
  have cc || fail "no C compiler was found. On Debian or Ubuntu: sudo apt-get install build-essential"
}

# Runs a command as root: directly, or through sudo when that asks nothing. 1 when neither is possible.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif have sudo && sudo -n true 2>/dev/null; then sudo -n "$@"; else return 1; fi
}

# apt_install PACKAGE...: with apt-get, quietly. 1 when it cannot; the caller says what is then left out.
apt_install() {
  have apt-get || return 1
  if [ -z "${APT_FRESH:-}" ]; then
    as_root apt-get update -qq </dev/null >/dev/null 2>&1 || return 1
    APT_FRESH=1
  fi
  note "installing $*"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null 2>&1
}

find_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome || true; }

# A loopback port that nobody listens on just now.
free_port() {
  local port
  for _ in $(seq 50); do
    port=$((20000 + RANDOM % 20000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
  fail "no free port was found"
}
