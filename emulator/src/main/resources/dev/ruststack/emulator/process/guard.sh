# Ends what the emulator leaves behind. Commands come from the emulator, one a line; the end of that input is the end of
# the emulator, however it came about (kill -9 included). Started in a session of its own, deaf to a terminal's signals.
#
#   add PID MARK      a child was started; it leads a process group of its own
#   end PID MARK      the child is to die, or has: nothing of it may stay
#   own DIRECTORY     remove this directory in the end
#   disown DIRECTORY  do not
#
# $1 is what the marks of all children start with; $2 is "-" where each child leads a process group, else empty.
trap '' HUP INT QUIT TERM
cd /
sign=$2
children=
directories=
newline='
'

# Kills the processes whose environment carries a mark: those that left their group by a session of their own.
end_marked() {
  for environment in $(grep -slF "RUSTSTACK_CHILD=$1" /proc/[0-9]*/environ); do
    process=${environment#/proc/}
    kill -s KILL "${process%/environ}"
  done
}

end_group() {
  kill -s KILL -- "$sign$1"
}

without() { # LIST LINE: the list's lines but this one
  printf '%s' "$1" | while IFS= read -r line; do
    [ "$line" = "$2" ] || printf '%s\n' "$line"
  done
  printf .
}

while IFS= read -r command; do
  argument=${command#* }
  case $command in
    'add '*) children=$children${argument% *}$newline ;;
    'end '*)
      end_group "${argument% *}"
      end_marked "${argument#* }."
      children=$(without "$children" "${argument% *}")
      children=${children%.}
      ;;
    'own '*) directories=$directories$argument$newline ;;
    'disown '*)
      directories=$(without "$directories" "$argument")
      directories=${directories%.}
      ;;
  esac
done

for child in $children; do
  end_group "$child"
done
end_marked "$1."

# What has just been killed may still be writing: remove until nothing is left.
printf '%s' "$directories" | while IFS= read -r directory; do
  attempts=50
  until rm -rf -- "$directory" || [ $attempts -eq 0 ]; do
    chmod -R u+rwx -- "$directory"
    attempts=$((attempts - 1))
    sleep 0.1
  done
done
