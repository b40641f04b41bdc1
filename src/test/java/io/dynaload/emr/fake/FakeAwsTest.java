package io.dynaload.emr.fake;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FakeAwsTest {
  private FakeAws aws;

  @BeforeEach
  void start() throws Exception {
    aws = FakeAws.start(new FakeSts());
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void findsTheServiceByTheSignatureAndRecordsTheRequest() throws Exception {
    HttpResponse<String> response = callerIdentity();
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("<Account>123456789012</Account>");
    assertThat(aws.requests("sts", "GetCallerIdentity"))
        .singleElement()
        .satisfies(request -> assertThat(request.parameter("Version")).isEqualTo("2011-06-15"));
  }

  @Test
  void refusesWhatIsPlannedToBeRefusedInTurn() throws Exception {
    aws.plan(
        "sts",
        "GetCallerIdentity",
        Planned.fails(new AwsError(403, "ExpiredToken", "a < b")),
        Planned.passes(),
        Planned.answers(Answer.xml("<Other/>")));
    HttpResponse<String> refused = callerIdentity();
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("<Code>ExpiredToken</Code>", "<Message>a &lt; b</Message>");
    assertThat(callerIdentity().body()).contains("<Account>");
    assertThat(callerIdentity().body()).isEqualTo("<Other/>");
    assertThat(callerIdentity().body()).contains("<Account>");
  }

  @Test
  void saysThatAServiceIsNotThere() throws Exception {
    HttpResponse<String> response = call("glue", "Action=GetTable");
    assertThat(response.statusCode()).isEqualTo(501);
    assertThat(response.body()).contains("There is no glue GetTable");
    assertThat(aws.requests()).hasToString(List.of("glue GetTable").toString());
  }

  private HttpResponse<String> callerIdentity() throws Exception {
    return call("sts", "Action=GetCallerIdentity&Version=2011-06-15");
  }

  private HttpResponse<String> call(String service, String form) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(aws.endpoint())
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .header(
                    "Authorization",
                    "AWS4-HMAC-SHA256 Credential=AKID/20230101/us-west-2/"
                        + service
                        + "/aws4_request, SignedHeaders=host, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build(),
            BodyHandlers.ofString());
  }
}
