#!/usr/bin/env bats
# run.sh, in a project's folder of its own, with a java and a mvn that write down how they were called.

setup() {
  project="$BATS_TEST_TMPDIR/a project"
  mkdir -p "$project/src/main" "$BATS_TEST_TMPDIR/bin"
  cp "$BATS_TEST_DIRNAME/../../../run.sh" "$project"
  touch "$project/pom.xml"
  cat >"$BATS_TEST_TMPDIR/bin/java" <<'JAVA'
#!/bin/bash
if [ "$1" = -XshowSettings:properties ]; then
  echo "    java.specification.version = ${FAKE_RELEASE:-17}" >&2
  exit
fi
printf '<%s>\n' "$@"
exit "${FAKE_EXIT:-0}"
JAVA
  cat >"$BATS_TEST_TMPDIR/bin/mvn" <<'MVN'
#!/bin/bash
echo "mvn $* in $PWD"
[ -z "${FAKE_BROKEN:-}" ] || exit 1
mkdir -p target && touch target/dynaload.jar
MVN
  chmod +x "$BATS_TEST_TMPDIR"/bin/*
  PATH=$BATS_TEST_TMPDIR/bin:$PATH
  unset JAVA_HOME JAVA_OPTS
  cd "$BATS_TEST_TMPDIR"
}

build() {
  mkdir -p "$project/target"
  touch "$project/target/dynaload.jar"
}

@test "builds once" {
  run "$project/run.sh" check
  [ "$status" -eq 0 ]
  [[ $output == *"mvn -q -B -DskipTests package in $project"* ]]
  run "$project/run.sh" check
  [[ $output != *mvn* ]]
}

@test "builds again after a source has changed" {
  build
  touch -d '+1 minute' "$project/src/main/Main.java"
  run "$project/run.sh"
  [[ $output == *"Building Dynaload"* ]]
}

@test "does not run what could not be built" {
  FAKE_BROKEN=yes run "$project/run.sh"
  [ "$status" -eq 1 ]
  [[ $output != *io.dynaload.cli.Main* ]]
}

@test "hands on each argument as it is, and the exit code" {
  build
  FAKE_EXIT=3 run "$project/run.sh" import 'my file.yaml' --set 'source.where=a > 1 and b < $2'
  [ "$status" -eq 3 ]
  [[ $output == *'<io.dynaload.cli.Main>
<import>
<my file.yaml>
<--set>
<source.where=a > 1 and b < $2>' ]]
}

@test "runs by way of a link, from any folder" {
  build
  ln -s "$project/run.sh" "$BATS_TEST_TMPDIR/bin/dynaload"
  run dynaload check
  [[ $output == *"<-Ddynaload.home=$project>"* ]]
  [[ $output == *"<$project/target/dynaload.jar:$project/target/lib/*>"* ]]
}

@test "gives JAVA_OPTS to the JVM, a word each" {
  build
  JAVA_OPTS="-Xmx2g -Da=b" run "$project/run.sh"
  [[ $output == *'<-Xmx2g>
<-Da=b>'* ]]
}

@test "takes the java of JAVA_HOME" {
  build
  mkdir -p "$BATS_TEST_TMPDIR/a jdk"
  mv "$BATS_TEST_TMPDIR/bin" "$BATS_TEST_TMPDIR/a jdk/bin"
  JAVA_HOME="$BATS_TEST_TMPDIR/a jdk" run "$project/run.sh" check
  [ "$status" -eq 0 ]
  [[ $output == *"<check>" ]]
}

@test "says which JDK it needs" {
  FAKE_RELEASE=1.8 run "$project/run.sh"
  [ "$status" -eq 2 ]
  [ "$output" = "error: java is Java 1.8; Dynaload needs JDK 17, so set JAVA_HOME to one" ]
  JAVA_HOME=/nowhere run "$project/run.sh"
  [ "$status" -eq 2 ]
  [ "$output" = "error: /nowhere/bin/java is not there; install JDK 17, or set JAVA_HOME to it" ]
}
