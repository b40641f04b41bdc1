package io.dynaload.wire.http;

import io.netty.handler.codec.http.FullHttpRequest;
import java.util.function.Consumer;

/** A request, and who waits for its answer. */
record HttpCall(FullHttpRequest request, Consumer<HttpAnswer> whenAnswered) {
  void failed(Throwable thrown) {
    whenAnswered.accept(HttpAnswer.none(thrown));
  }
}
