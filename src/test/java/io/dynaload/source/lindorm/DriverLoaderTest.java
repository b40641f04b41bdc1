package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverLoaderTest {
  private static final ClassLoader BUNDLED = DriverLoader.class.getClassLoader();

  @TempDir private Path folder;

  /** The jar that the bundled driver is in, under another name. */
  private Path copyOf(String driverClass, String name) throws Exception {
    URL jar = Class.forName(driverClass).getProtectionDomain().getCodeSource().getLocation();
    return Files.copy(Path.of(jar.toURI()), folder.resolve(name));
  }

  private Path lindormJar() throws Exception {
    return copyOf(LindormDialect.TABLE.driverClass(), "newer.jar");
  }

  private static ImportException refused(Dialect dialect, Path driverJar) {
    ImportException e =
        catchThrowableOfType(
            ImportException.class, () -> DriverLoader.load(dialect, driverJar.toString()));
    assertThat(e).isNotNull();
    assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
    return e;
  }

  @Test
  void withoutAnotherJarTheBundledDriverIsTaken() {
    for (LindormDialect dialect : LindormDialect.values()) {
      Driver driver = DriverLoader.load(dialect, null);

      assertThat(driver.getClass().getName()).isEqualTo(dialect.driverClass());
      assertThat(driver.getClass().getClassLoader()).isSameAs(BUNDLED);
    }
  }

  @Test
  void aJarOfTheUsersWinsOverTheBundledDriver() throws Exception {
    Path jar = lindormJar();

    Driver driver = DriverLoader.load(LindormDialect.TABLE, jar.toString());

    assertThat(driver.getClass().getClassLoader()).isInstanceOf(ChildFirstLoader.class);
    assertThat(driver.getClass().getProtectionDomain().getCodeSource().getLocation())
        .isEqualTo(jar.toUri().toURL());
    assertThat(driver.getClass()).isNotEqualTo(Class.forName(LindormDialect.TABLE.driverClass()));
    assertThat(driver.acceptsURL("jdbc:lindorm:table:url=http://127.0.0.1:1")).isTrue();
  }

  @Test
  void aFolderOfJarsIsOneDriver() throws Exception {
    Path driverJar = lindormJar();
    Path below = copyOf("org.apache.calcite.avatica.UnregisteredDriver", "below.jar");

    Driver driver = DriverLoader.load(LindormDialect.TABLE, folder.toString());
    Class<?> parent = driver.getClass();
    while (!parent.getName().endsWith(".UnregisteredDriver")) {
      parent = parent.getSuperclass();
    }

    assertThat(parent.getClassLoader()).isSameAs(driver.getClass().getClassLoader());
    assertThat(List.of(driverJar.toUri().toURL(), below.toUri().toURL()))
        .contains(parent.getProtectionDomain().getCodeSource().getLocation());
  }

  @Test
  void theSameJarIsLoadedOnce() throws Exception {
    String jar = lindormJar().toString();

    assertThat(DriverLoader.load(LindormDialect.TABLE, jar).getClass())
        .isSameAs(DriverLoader.load(LindormDialect.TABLE, jar).getClass());
  }

  @Test
  void aDriverThatIsInNoJarIsNamedWithWhereToPutIt() throws Exception {
    Path jar = jarWith("readme.txt", new byte[0]);

    // The parent may have Connector/J; a class that is nowhere is what a missing jar looks like.
    ImportException e = refusedByALoaderWithout(jar);

    assertThat(e.problem())
        .isEqualTo(
            "The JDBC driver com.mysql.cj.jdbc.Driver is neither in Dynaload's jar nor, whole, in "
                + jar);
    assertThat(e.remedy())
        .isEqualTo(
            "Put a jar that has it, such as mysql-connector-j-9.7.0.jar, into the folder drivers"
                + " beside dynaload.jar, or name it with driver-jar; on every host that runs the"
                + " job.");
  }

  private static ImportException refusedByALoaderWithout(Path jar) {
    ImportException e =
        catchThrowableOfType(
            ImportException.class,
            () ->
                DriverLoader.load(
                    MySqlDialect.INSTANCE, List.of(jar), ClassLoader.getPlatformClassLoader()));
    assertThat(e).isNotNull();
    assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
    return e;
  }

  @Test
  void aBrokenDriverIsNotLoadedFromElsewhereInstead() throws Exception {
    Path jar = jarWith("com/aliyun/lindorm/table/client/Driver.class", new byte[] {1, 2, 3});

    assertThat(refused(LindormDialect.TABLE, jar).problem())
        .contains("com.aliyun.lindorm.table.client.Driver", jar.toString());
  }

  @Test
  void aDriverJarThatIsNotThereIsNamed() throws Exception {
    assertThat(refused(LindormDialect.TABLE, folder.resolve("no.jar")).problem())
        .isEqualTo(
            "driver-jar: "
                + folder.resolve("no.jar")
                + " is not there, or may not be read on this host");
    assertThat(refused(LindormDialect.TABLE, folder).problem())
        .isEqualTo("driver-jar: " + folder + " is a folder without a jar on this host");
  }

  private Path jarWith(String entry, byte[] content) throws IOException {
    Path jar = folder.resolve("some.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      out.putNextEntry(new JarEntry(entry));
      out.write(content);
    }
    return jar;
  }
}
