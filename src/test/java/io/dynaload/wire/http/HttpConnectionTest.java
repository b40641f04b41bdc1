package io.dynaload.wire.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpConnectionTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody";

  private final List<HttpConnection> idle = new ArrayList<>();
  private final List<HttpConnection> closed = new ArrayList<>();
  private final List<HttpAnswer> answers = new ArrayList<>();
  private final HttpConnection connection = new HttpConnection(idle::add, closed::add);
  private final EmbeddedChannel channel = new EmbeddedChannel(new HttpClientCodec(), connection);

  @AfterEach
  void nothingLeaks() {
    channel.finishAndReleaseAll();
  }

  private void call() {
    connection.send(new HttpCall(Requests.post("sent"), answers::add));
  }

  private void receive(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, US_ASCII));
  }

  private String sent() {
    StringBuilder sent = new StringBuilder();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      sent.append(part.toString(US_ASCII));
      part.release();
    }
    return sent.toString();
  }

  private HttpAnswer onlyAnswer() {
    assertThat(answers).hasSize(1);
    return answers.get(0);
  }

  @Test
  void aCallIsSentAndAnswered() {
    call();
    assertThat(sent())
        .startsWith("POST / HTTP/1.1\r\n")
        .contains("content-length: 4\r\n")
        .endsWith("\r\n\r\nsent");
    receive("HTTP/1.1 400 Bad\r\nDate: today\r\nX-Amz-Crc32: 17\r\nContent-Length: 3\r\n\r\nbad");

    HttpAnswer answer = onlyAnswer();
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.date()).isEqualTo("today");
    assertThat(answer.checksum()).isEqualTo("17");
    assertThat(answer.body()).asString(US_ASCII).isEqualTo("bad");
    assertThat(answer.thrown()).isNull();
    assertThat(idle).containsExactly(connection);
  }

  @Test
  void aCallFollowsAnother() {
    for (int calls = 1; calls <= 3; calls++) {
      call();
      receive(OK);
      assertThat(answers).hasSize(calls);
      assertThat(idle).hasSize(calls);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 50})
  void anAnswerMayComeInPieces(int length) {
    call();
    String answer =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n3\r\nefg\r\n0\r\n\r\n";
    for (int from = 0; from < answer.length(); from += length) {
      assertThat(answers).isEmpty();
      receive(answer.substring(from, Math.min(from + length, answer.length())));
    }
    assertThat(onlyAnswer().body()).asString(US_ASCII).isEqualTo("abcdefg");

    call();
    receive(OK);
    assertThat(answers.get(1).body()).asString(US_ASCII).isEqualTo("body");
  }

  @Test
  void anInterimAnswerIsPassedOver() {
    call();
    receive("HTTP/1.1 100 Continue\r\n\r\n");
    assertThat(answers).isEmpty();
    receive(OK);
    assertThat(onlyAnswer().status()).isEqualTo(200);
  }

  @Test
  void aServerThatWantsToCloseIsObeyed() {
    call();
    receive("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\nbody");
    assertThat(onlyAnswer().status()).isEqualTo(200);
    assertThat(idle).isEmpty();
    assertThat(channel.isOpen()).isFalse();
    assertThat(closed).containsExactly(connection);
  }

  @Test
  void aBodyWithoutALengthEndsWithTheConnection() {
    call();
    receive("HTTP/1.1 200 OK\r\n\r\nall of it");
    channel.close();
    assertThat(onlyAnswer().body()).asString(US_ASCII).isEqualTo("all of it");
    assertThat(idle).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 20", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbod"})
  void anAnswerThatIsCutShortIsNone(String received) {
    call();
    receive(received);
    channel.close();
    assertThat(onlyAnswer().thrown()).isInstanceOf(IOException.class);
  }

  @Test
  void whatIsNotHttpIsNoAnswer() {
    call();
    receive("HELLO\r\n\r\n");
    assertThat(onlyAnswer().thrown()).isNotNull();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void anAnswerThatNobodyAskedForEndsTheConnection() {
    receive(OK);
    assertThat(channel.isOpen()).isFalse();
    assertThat(idle).isEmpty();
  }

  /** Such as the 408 of a server that has waited for long, as it crosses the next call. */
  @Test
  void anAnswerThatBeganBeforeTheCallIsNotTakenForItsAnswer() {
    call();
    receive(OK);
    receive("HTTP/1.1 408 Request Timeout\r\nContent-Length: 4\r\n\r\n");
    assertThat(channel.isOpen()).isFalse();
    assertThat(closed).containsExactly(connection);
    call();
    assertThat(answers).hasSize(2);
    assertThat(answers.get(1).thrown()).isInstanceOf(IOException.class);
  }

  @Test
  void aCallOnAClosedConnectionFails() {
    channel.close();
    call();
    assertThat(onlyAnswer().thrown()).isInstanceOf(IOException.class);
  }

  @Test
  void aCallOnWhichNothingMovesFails() {
    long now = System.nanoTime();
    call();
    connection.check(now + HttpConnection.ANSWER_NANOS);
    assertThat(answers).isEmpty();

    connection.check(System.nanoTime() + HttpConnection.ANSWER_NANOS + 1);
    assertThat(onlyAnswer().thrown()).isInstanceOf(SocketTimeoutException.class);
    assertThat(channel.isOpen()).isFalse();
  }

  /** As a socket over a slow line does, it takes some bytes at a time. */
  private static final class SlowChannel extends EmbeddedChannel {
    SlowChannel(ChannelHandler... handlers) {
      super(handlers);
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer out) {
      out.removeBytes(10);
    }
  }

  @Test
  void aCallIsNotGivenUpWhileItIsStillBeingSent() {
    HttpConnection onSlow = new HttpConnection(idle::add, closed::add);
    SlowChannel slow = new SlowChannel(new HttpClientCodec(), onSlow);
    onSlow.send(new HttpCall(Requests.post("x".repeat(1000)), answers::add));
    long now = System.nanoTime();
    for (int seconds = 1; seconds < 40; seconds++) {
      slow.flush();
      onSlow.check(now + TimeUnit.SECONDS.toNanos(seconds));
    }
    assertThat(answers).isEmpty();

    for (int seconds = 40; seconds < 72; seconds++) { // it takes nothing any more
      onSlow.check(now + TimeUnit.SECONDS.toNanos(seconds));
    }
    assertThat(onlyAnswer().thrown()).isInstanceOf(SocketTimeoutException.class);
    slow.finishAndReleaseAll();
  }

  @Test
  void aConnectionThatNobodyUsesIsClosed() {
    long now = System.nanoTime();
    call();
    receive(OK);
    connection.check(now + HttpConnection.IDLE_NANOS);
    assertThat(channel.isOpen()).isTrue();

    connection.check(System.nanoTime() + HttpConnection.IDLE_NANOS + 1);
    assertThat(channel.isOpen()).isFalse();
    assertThat(answers).hasSize(1);
  }
}
