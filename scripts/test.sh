#!/usr/bin/env bash
# Every test of the project, on a bare Debian 12 with a JDK 25: installs what is missing, each with
# a line that says so, then runs the Java tests and the web tests. Fails when one of them does.
set -euo pipefail

ROOT=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=env.sh
source "$ROOT/scripts/env.sh"

usage() {
  cat <<'TEXT'
Usage: ./vaxel test [--java | --web] [--no-install]

Runs every test: mvn verify, then check, unit and browser tests of clients/web.

  --java         the Java tests only
  --web          the web tests only
  --no-install   install nothing; what is missing fails
TEXT
}

java_tests=true
web_tests=true
install=true
for option in "$@"; do
  case "$option" in
    --java) web_tests=false ;;
    --web) java_tests=false ;;
    --no-install) install=false ;;
    -h | --help) usage; exit 0 ;;
    *) echo "vaxel test: unknown option $option" >&2; usage >&2; exit 2 ;;
  esac
done

apt_is_fresh=false

# apt_install NAME PACKAGE...: installs packages for a thing that was found missing.
apt_install() {
  local what="$1" sudo=()
  shift
  if ! $install; then
    echo "missing: $what (apt-get install $*)" >&2
    return 1
  fi
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "missing: $what, and there is no apt-get; install $* by hand" >&2
    return 1
  fi
  echo "Installing $what: $*"
  [ "$(id -u)" -eq 0 ] || sudo=(sudo)
  mkdir -p "$BUILD_STATE"
  if ! $apt_is_fresh; then
    "${sudo[@]}" apt-get update -qq >>"$BUILD_STATE/apt.log" 2>&1 || true
    apt_is_fresh=true
  fi
  DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends "$@" \
    >>"$BUILD_STATE/apt.log" 2>&1 || {
    echo "could not install $*; see $BUILD_STATE/apt.log" >&2
    return 1
  }
}

has() {
  command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ] || [ -x "/sbin/$1" ]
}

# The server programs; tests make clusters of their own from them.
has_postgres() {
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1
}

# Without the cluster that Debian makes and starts by default.
install_postgres() {
  local sudo=()
  [ "$(id -u)" -eq 0 ] || sudo=(sudo)
  if $install && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    "${sudo[@]}" mkdir -p /etc/postgresql-common
    echo "create_main_cluster = false" | "${sudo[@]}" tee /etc/postgresql-common/createcluster.conf >/dev/null
  fi
  apt_install PostgreSQL postgresql
}

install_tools() {
  has mvn || apt_install Maven maven
  has curl || apt_install curl curl ca-certificates
  has openssl || apt_install OpenSSL openssl
  ls /usr/lib/*/libcrypto.so.3 /lib/*/libcrypto.so.3 >/dev/null 2>&1 || apt_install libcrypto libssl3
  has chromium || apt_install Chromium chromium
  has firefox-esr || apt_install "Firefox ESR" firefox-esr
  has ip || apt_install "network namespaces" iproute2
  has_postgres || install_postgres
  has nft || apt_install "packet filter" nftables
}

# Debian 12 has Node 18, which is too old for the web build; npm then fetches a newer one.
install_node() {
  find_node && return 0
  if ! has node; then
    apt_install Node nodejs
  fi
  has npm || apt_install npm npm
  find_node && return 0
  if ! $install; then
    echo "missing: Node 20.19 or newer" >&2
    return 1
  fi
  echo "Installing Node 22 into .vaxel-build by npm: the one here is $(node --version)"
  npm install --prefix "$BUILD_STATE/node" --no-save --no-audit --no-fund node@22 \
    >"$BUILD_STATE/node.log" 2>&1 || {
    echo "could not install Node; see $BUILD_STATE/node.log" >&2
    return 1
  }
  find_node
}

failed=()

# step NAME COMMAND...: runs it and remembers when it fails.
step() {
  local name="$1" begun=$SECONDS
  shift
  echo "== $name"
  if "$@"; then
    echo "== $name: ok ($((SECONDS - begun)) s)"
  else
    echo "== $name: FAILED ($((SECONDS - begun)) s)" >&2
    failed+=("$name")
  fi
}

java_step() {
  rm -rf "$ROOT"/*/target/compatibility
  (cd "$ROOT" && mvn -B -ntp verify)
}

# The tables of docs/compatibility.md are made from what the SDK tests have just passed.
compatibility_step() {
  (cd "$ROOT" && "$JAVA_HOME/bin/java" scripts/Compatibility.java ${CI:+--check})
}

web() {
  (cd "$ROOT/clients/web" && "$@")
}

composite_packages() {
  (cd "$ROOT/clients/web/e2e/composite" && npm install --no-save --no-audit --no-fund)
}

mkdir -p "$BUILD_STATE"
find_jdk
echo "JDK $(jdk_major "$JAVA_HOME") in $JAVA_HOME"
install_tools
if [ -f "$ROOT/clients/web/package.json" ]; then
  install_node
fi

if $java_tests; then
  step "Java tests" java_step
  step "compatibility tables" compatibility_step
fi
if $web_tests && ! $java_tests; then
  # The browser tests run against the server's jars; with the Java tests they are there already.
  step "server build" "$ROOT/vaxel" serve --help
fi
if $web_tests && [ -f "$ROOT/clients/web/package.json" ]; then
  # Not npm ci, which fails when the lock file lacks the native parts of other systems.
  step "web packages" web npm install --no-save --no-audit --no-fund
  step "web build" web npm run build
  step "web check" web npm run check
  step "web unit tests" web npm test
  # Its page is the drop-in proof, and wants packages that nothing else does (600 MB).
  step "composite packages" composite_packages
  step "browser tests" web npm run e2e
fi

if [ "${#failed[@]}" -gt 0 ]; then
  echo "FAILED: ${failed[*]}" >&2
  exit 1
fi
echo "All tests passed."
