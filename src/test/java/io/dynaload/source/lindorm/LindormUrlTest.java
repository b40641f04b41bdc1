package io.dynaload.source.lindorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynaload.source.lindorm.LindormUrl.Protocol;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LindormUrlTest {
  @Test
  void theDriversOwnFormIsTakenAsItStands() {
    LindormUrl url =
        LindormUrl.parse(" jdbc:lindorm:table:url=https://ld-1.example:30060;database=plant;a=b ");

    assertThat(url.protocol()).isEqualTo(Protocol.TABLE);
    assertThat(url.driverUrl())
        .isEqualTo("jdbc:lindorm:table:url=https://ld-1.example:30060;database=plant;a=b");
    assertThat(url.database()).isEqualTo("plant");
    assertThat(url.parameters()).isEqualTo(Map.of("database", "plant", "a", "b"));
    assertThat(url.address()).isEqualTo("ld-1.example:30060");
  }

  @Test
  void theFormOfTheTimeSeriesEngineHasADriverClassOfItsOwn() {
    LindormUrl url = LindormUrl.parse("jdbc:lindorm:tsdb:url=http://127.0.0.1:8242");

    assertThat(url.protocol()).isEqualTo(Protocol.TSDB);
    assertThat(Dialect.of(url.protocol()).driverClass())
        .isEqualTo("com.aliyun.lindorm.tsdb.client.Driver");
    assertThat(url.database()).isNull();
  }

  @Test
  void theShortFormBecomesTheDriversOwn() {
    LindormUrl url = LindormUrl.parse("jdbc:lindorm://ld-1.example:30060/plant");

    assertThat(url.protocol()).isEqualTo(Protocol.TABLE);
    assertThat(url.driverUrl()).isEqualTo("jdbc:lindorm:table:url=http://ld-1.example:30060");
    assertThat(url.database()).isEqualTo("plant");
    assertThat(LindormUrl.parse("jdbc:lindorm://[::1]:30060").database()).isNull();
    assertThat(LindormUrl.parse("jdbc:lindorm://[::1]:30060/").address()).isEqualTo("[::1]:30060");
  }

  @Test
  void theParametersOfMySqlAreTakenOutOfItsUrl() {
    LindormUrl url =
        LindormUrl.parse(
            "jdbc:mysql://ld-1.example:33060/my%20plant?sslMode=REQUIRED"
                + "&trustCertificateKeyStoreUrl=file%3A%2Fcerts%2Fa.jks&connectionTimeZone=+08:00");

    assertThat(url.protocol()).isEqualTo(Protocol.MYSQL);
    assertThat(url.database()).isEqualTo("my plant");
    assertThat(url.parameters())
        .isEqualTo(
            Map.of(
                "sslMode", "REQUIRED",
                "trustCertificateKeyStoreUrl", "file:/certs/a.jks",
                "connectionTimeZone", "+08:00"));
    assertThat(Dialect.of(url.protocol()).driverUrl(url, "my plant"))
        .isEqualTo("jdbc:mysql://ld-1.example:33060/my%20plant");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:30060",
        "jdbc:lindorm:table:http://127.0.0.1:30060",
        "jdbc:lindorm:table:url=127.0.0.1:30060",
        "jdbc:lindorm:table:url=http://127.0.0.1",
        "jdbc:lindorm:search:url=http://127.0.0.1:30060",
        "jdbc:lindorm://127.0.0.1/default",
        "jdbc:mysql://127.0.0.1/default",
        "jdbc:mysql://a:1,b:2/default",
        "jdbc:mysql:loadbalance://a:1/default",
        "jdbc:mysql://127.0.0.1:33060/default?sslMode",
        "jdbc:postgresql://127.0.0.1:5432/default"
      })
  void anyOtherUrlIsAnsweredWithTheFourForms(String url) {
    assertThatThrownBy(() -> LindormUrl.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "jdbc:lindorm:table:url=http://HOST:PORT",
            "jdbc:lindorm://HOST:PORT/DATABASE",
            "jdbc:lindorm:tsdb:url=http://HOST:PORT",
            "jdbc:mysql://HOST:PORT/DATABASE");
  }

  @Test
  @Timeout(5)
  void aLongQueryIsRefusedAtOnce() {
    String query = "?x==a" + "=a".repeat(27) + "&&";

    assertThatThrownBy(() -> LindormUrl.parse("jdbc:mysql://h:1/d" + query))
        .hasMessageStartingWith("is none of the urls that can be read");
  }

  @Test
  void anEscapeThatIsNoneIsRefused() {
    for (String url : List.of("jdbc:mysql://h:1/d?a=100%", "jdbc:lindorm://h:1/d%zz")) {
      assertThatThrownBy(() -> LindormUrl.parse(url))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("has a % that begins no escape; write %25 for one that stands for itself");
    }
  }

  @Test
  void aPortThatCannotBeIsRefused() {
    for (String url : List.of("jdbc:mysql://h:65536/d", "jdbc:lindorm://h:99999/d")) {
      assertThatThrownBy(() -> LindormUrl.parse(url)).hasMessageContaining("port");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:lindorm:table:url=http://h:1;user=root",
        "jdbc:lindorm:tsdb:url=http://h:1;a=b;PASSWORD=hunter2",
        "jdbc:lindorm://root:hunter2@h:1/d",
        "jdbc:lindorm://h:1/d;password=hunter2",
        "jdbc:mysql://root:hunter2@h:1/d",
        "jdbc:mysql://h:1/d?user=root&password=hunter2",
        "jdbc:mysql://h:1/d?password1=hunter2",
        "jdbc:mysql://h:1/d?trustCertificateKeyStorePassword=hunter2",
        "jdbc:lindorm:table:url=http://h:1;pwd=hunter2",
        "jdbc:lindorm:table:url=http://h:1;database=d;token=hunter2",
        "jdbc:lindorm:table:url=http://h:1; password=hunter2",
        "jdbc:lindorm:table:url=http://h:1;accessKeySecret=hunter2",
        "jdbc:mysql://h:1/d?sslMode=REQUIRED&p%61ssword=hunter2",
        "jdbc:mysql://h:1/d?sslMode=REQUIRED%26password=hunter2",
        "jdbc:mysql://h:1/d?passphrase=hunter2",
        "jdbc:mysql://h:1/d?access_key=hunter2&sslMode=%zz",
        "jdbc:mysql://(host=h,port=1,password=hunter2)/d"
      })
  void aLoginInTheUrlIsRefusedWithoutRepeatingIt(String url) {
    assertThatThrownBy(() -> LindormUrl.parse(url))
        .hasMessageStartingWith("holds a login or another secret; put it under username, password")
        .hasMessageNotContaining("hunter2");
  }
}
