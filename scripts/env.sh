# What ./vaxel and scripts/test.sh share: where the JDK and Node are. Sourced by bash.

WANTED_JDK=25
BUILD_STATE="$ROOT/.vaxel-build"

# The major version of the JDK in a folder, or 0 when there is no compiler in it.
jdk_major() {
  local release="$1/release" line
  [ -x "$1/bin/javac" ] && [ -r "$release" ] || { echo 0; return; }
  line=$(grep -m1 '^JAVA_VERSION=' "$release" || true)
  line=${line#*\"}
  line=${line%%[!0-9]*}
  echo "${line:-0}"
}

# Sets JAVA_HOME to a JDK that is new enough, or says what is missing and fails.
find_jdk() {
  local candidate java
  local candidates=()
  [ -n "${JAVA_HOME:-}" ] && candidates+=("$JAVA_HOME")
  if java=$(command -v javac 2>/dev/null); then
    java=$(readlink -f "$java")
    candidates+=("${java%/bin/javac}")
  fi
  candidates+=(/usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*
    /Library/Java/JavaVirtualMachines/*/Contents/Home)
  for candidate in "${candidates[@]}"; do
    if [ "$(jdk_major "$candidate")" -ge "$WANTED_JDK" ]; then
      export JAVA_HOME="$candidate"
      return 0
    fi
  done
  echo "vaxel: no JDK $WANTED_JDK or newer found in JAVA_HOME, PATH, /usr/lib/jvm or ~/.sdkman." >&2
  echo "       Install one, such as Temurin $WANTED_JDK (https://adoptium.net), or set JAVA_HOME." >&2
  return 1
}

# Whether the node of PATH is new enough for the web build: 20.19, or 22.12 and later.
node_is_new_enough() {
  command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 &&
    node -e 'const [a, b] = process.versions.node.split(".").map(Number);
             process.exit((a === 20 && b >= 19) || (a === 22 && b >= 12) || a > 22 ? 0 : 1)' 2>/dev/null
}

# Puts a Node that scripts/test.sh fetched before that of the system; fails when there is none.
find_node() {
  local own="$BUILD_STATE/node/node_modules/node/bin"
  if [ -x "$own/node" ]; then
    export PATH="$own:$PATH"
  fi
  node_is_new_enough
}

# Whether a file under the given paths is newer than a stamp, or the stamp is missing.
is_stale() {
  local stamp="$1"
  shift
  [ -e "$stamp" ] || return 0
  [ -n "$(find "$@" -type f -newer "$stamp" -print -quit 2>/dev/null)" ]
}
