# shellcheck shell=bash
# Finds what Frameline needs of this machine, as needs.txt lists it, and installs what is missing.
# For bash 3.2 and newer; to be sourced. 'need build test' returns when all is there: then maven holds
# the command to build with. Otherwise it ends the script with exit code 1 and says what to do. The
# caller sets yes to install without a question, only_look to install nothing.

# -P, because .. is meant as the file system has it; CDPATH must not lead elsewhere.
root=$(CDPATH='' cd -P "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
needs="$root/scripts/needs.txt"
python=/usr/bin/python3
unpacked="$root/target/unpacked"
terminal=
if [ -t 0 ] && [ -t 2 ]; then terminal=yes; fi
manager=none
for name in brew dnf apt-get; do
  if command -v "$name" >/dev/null 2>&1; then manager=$name; fi
done
# How long another program may hold the package manager, in seconds.
patience=120

say() { echo "frameline: $*" >&2; }

fail() {
  say "$@"
  exit 1
}

# The rows of the stages given, as 'found by|packages' of this machine's package manager.
rows() {
  local column=4 stage
  case $manager in dnf) column=5 ;; brew) column=6 ;; esac
  for stage in "$@"; do
    awk -F ' *[|] *' -v stage="$stage" -v column="$column" \
      '!/^#/ && $1 == stage && $column != "none" { print $2 "|" $column }' "$needs"
  done
}

is_jdk() { # HOME/bin/javac
  local version
  [ -x "$1" ] || return 1
  version=$("$1" -version 2>&1 </dev/null | sed -n 's/^javac \([0-9]*\).*/\1/p')
  [ "${version:-0}" -ge 17 ]
}

# Takes JAVA_HOME, or else what PATH has, or else exports JAVA_HOME for a JDK in the usual places.
find_jdk() {
  local home
  if [ -n "${JAVA_HOME:-}" ]; then
    is_jdk "$JAVA_HOME/bin/javac" ||
      fail "JAVA_HOME is $JAVA_HOME, which is no JDK of version 17 or newer; correct it or unset it"
    return
  fi
  ! is_jdk "$(command -v javac)" || return 0
  for home in /usr/lib/jvm/* /opt/homebrew/opt/openjdk* /usr/local/opt/openjdk*; do
    if is_jdk "$home/bin/javac"; then
      export JAVA_HOME="$home"
      return
    fi
  done
  return 1
}

# Sets maven. The wrapper serves when it has its Maven or can fetch it, for which it may need the JDK.
find_maven() {
  local limit=()
  maven=mvn
  ! command -v mvn >/dev/null 2>&1 || return 0
  maven="$root/mvnw"
  ! command -v timeout >/dev/null 2>&1 || limit=(timeout 300)
  find_jdk && ${limit[@]+"${limit[@]}"} "$maven" --version >/dev/null 2>&1 </dev/null
}

# Prints those of the rows on stdin that are missing.
missing() {
  local found_by packages judges=()
  while IFS='|' read -r found_by packages; do
    case $found_by in
      jdk) find_jdk || echo "$found_by|$packages" ;;
      # Without a JDK nobody can tell yet whether the wrapper serves.
      maven) ! find_jdk || find_maven || echo "$found_by|$packages" ;;
      command\ *) type -P "${found_by#* }" >/dev/null || echo "$found_by|$packages" ;;
      file\ *) compgen -G "${found_by#* }" >/dev/null || echo "$found_by|$packages" ;;
      *) judges+=("$found_by|$packages") ;;
    esac
  done
  [ ${#judges[@]} -eq 0 ] || missing_in_python "${judges[@]}"
}

# One Python for all rows. GStreamer's own messages about what it cannot load are of no use here.
missing_in_python() {
  if [ ! -x "$python" ]; then
    printf '%s\n' "$@"
    return
  fi
  "$python" - "$@" 2>/dev/null <<'END'
import importlib.util
import sys


def has_module(name):
    module, _, library = name.partition(":")
    try:
        if library:
            import gi
            gi.require_version(library, "1.0")
        return importlib.util.find_spec(module) is not None
    except Exception:
        return False


def has_element(name):
    try:
        import gi
        gi.require_version("Gst", "1.0")
        from gi.repository import Gst
        Gst.init(None)
        return Gst.ElementFactory.find(name) is not None
    except Exception:
        return False


for row in sys.argv[1:]:
    kind, name = row.split("|")[0].split(" ", 1)
    if not {"python": has_module, "gstreamer": has_element}[kind](name):
        print(row)
END
}

# May we install? At once where that is allowed, after a question on a terminal.
allowed() { # PACKAGES
  local answer
  [ -z "${only_look:-}" ] || return 1
  if [ "$manager" != brew ] && [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null 2>&1; then
    return 1
  fi
  if [ "$(id -u)" -eq 0 ] || [ -n "${yes:-}" ] || [ "${CI:-}" = true ]; then return; fi
  [ -n "$terminal" ] || return 1
  read -r -p "frameline: install $1? [y/N] " answer
  case $answer in [yY]*) return ;; *) return 1 ;; esac
}

# Runs a command as root: sudo asks for a password on a terminal alone.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; elif [ -n "$terminal" ]; then sudo "$@"; else sudo -n "$@"; fi
}

# Of 'a/b' takes a where apt knows it, else b.
chosen() { # ALTERNATIVES
  local name
  if [ "$manager" = apt-get ]; then
    for name in ${1//\// }; do
      case $(apt-cache policy "$name" 2>/dev/null) in
        '' | *'Candidate: (none)'*) ;;
        *) echo "$name" && return ;;
      esac
    done
  fi
  echo "${1%%/*}"
}

apt() { # ARGUMENTS; waits while another program holds apt's locks
  local begin=$SECONDS told=
  until as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 \
    -o Acquire::Retries=2 -o Acquire::http::Timeout=30 -o Acquire::https::Timeout=30 \
    "$@" >"$log" 2>&1 </dev/null; do
    grep -qiE 'could not get lock|unable to (lock|acquire)' "$log" || return 1
    [ $((SECONDS - begin)) -lt $patience ] || return 1
    [ -n "$told" ] || say "another program is installing; waiting for it, $patience s at most"
    told=1
    sleep 3
  done
}

# The package lists are fetched only when those at hand do not serve.
with_lists() { # FUNCTION ARGUMENTS
  "$@" || { apt update && "$@"; }
}

apt_install() { # ALTERNATIVES...
  local package packages=()
  for package in "$@"; do packages+=("$(chosen "$package")"); done
  apt install -y --no-install-recommends "${packages[@]}"
}

apt_unpack() { # PACKAGE
  mkdir -p "$unpacked"
  (cd "$unpacked" && apt-get -qq download "$1" >"$log" 2>&1 </dev/null) &&
    dpkg-deb -x "$unpacked/$1"_*.deb "$unpacked"
}

install() { # PACKAGES...
  local package packages=() unpack=()
  for package in "$@"; do
    case $package in unpack:*) unpack+=("${package#*:}") ;; *) packages+=("$package") ;; esac
  done
  case $manager in
    apt-get)
      [ ${#packages[@]} -eq 0 ] || with_lists apt_install "${packages[@]}" || return 1
      for package in ${unpack[@]+"${unpack[@]}"}; do
        with_lists apt_unpack "$package" || return 1
      done
      ;;
    dnf) as_root dnf install -y -q --setopt=install_weak_deps=False "${packages[@]}" >"$log" 2>&1 </dev/null ;;
    brew) NONINTERACTIVE=1 brew install "${packages[@]}" >"$log" 2>&1 </dev/null ;;
  esac
}

# The packages as a person would name them, in one line.
called() { # PACKAGES...
  local package line=
  for package in "$@"; do line+=" $(chosen "${package#unpack:}")"; done
  echo "${line# }"
}

# The line that a person would type.
command_for() { # PACKAGES...
  local sudo='sudo '
  [ "$(id -u)" -ne 0 ] || sudo=
  case $manager in
    apt-get) echo "${sudo}apt-get install -y --no-install-recommends $(called "$@")" ;;
    dnf) echo "${sudo}dnf install -y $(called "$@")" ;;
    brew) echo "brew install $(called "$@")" ;;
  esac
}

# The rows on stdin, as a person would call them, in one line.
names() {
  cut -d '|' -f 1 | sed 's/^jdk$/a JDK of version 17 or newer/; s/^maven$/Maven/' |
    paste -s -d , - | sed 's/,/, /g'
}

# Installs, if that is allowed, the packages of the rows given.
fill() { # ROWS
  local row log packages=()
  while IFS= read -r row; do packages+=("$row"); done \
    < <(cut -d '|' -f 2 <<<"$1" | grep -vx -- - | sort -u)
  [ ${#packages[@]} -gt 0 ] || return 0
  if [ "$manager" = none ]; then
    fail "missing: $(names <<<"$1"); there is no apt-get, dnf or brew to install it with"
  fi
  allowed "$(called "${packages[@]}")" ||
    fail "missing: $(names <<<"$1"); install it with: $(command_for "${packages[@]}")"
  say "installing $(called "${packages[@]}")"
  log=$(mktemp)
  if ! install "${packages[@]}"; then
    cat "$log" >&2
    rm -f "$log"
    fail "could not install; try: $(command_for "${packages[@]}")"
  fi
  rm -f "$log"
  hash -r
}

need() { # STAGES...
  local gaps
  export PYTHONPATH="$unpacked/usr/lib/python3/dist-packages${PYTHONPATH:+:$PYTHONPATH}"
  gaps=$(rows "$@" | missing)
  # Twice at most, because only with a JDK is it seen whether a Maven is needed.
  for _ in 1 2; do
    [ -n "$gaps" ] || break
    fill "$gaps"
    gaps=$(rows "$@" | missing)
  done
  [ -z "$gaps" ] || fail "missing: $(names <<<"$gaps"); no package of $manager brings it"
  # Here and not in a subshell, for JAVA_HOME and maven.
  find_jdk && find_maven
}
