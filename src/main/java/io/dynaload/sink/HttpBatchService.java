package io.dynaload.sink;

import io.dynaload.item.Item;
import io.dynaload.wire.Failure;
import io.dynaload.wire.SignedCalls;
import java.util.List;
import java.util.function.Consumer;

/**
 * Calls of one {@link WireFormat} over HTTP: bodies spliced from bytes, without the SDK's
 * marshalling.
 */
final class HttpBatchService implements BatchService {
  private final SignedCalls calls;
  private final WireFormat format;

  /** Takes over the calls, and closes them. */
  HttpBatchService(SignedCalls calls, WireFormat format) {
    this.calls = calls;
    this.format = format;
  }

  @Override
  public void call(List<Item> items, Consumer<Answer> whenAnswered) {
    WireFormat.Message message;
    try {
      message = format.message(items);
    } catch (RefusedItemException e) {
      whenAnswered.accept(new Answer.Failed(e.failure()));
      return;
    }
    calls.call(message.operation(), message.body(), new Receiver(items, whenAnswered));
  }

  private final class Receiver implements SignedCalls.Receiver {
    private final List<Item> items;
    private final Consumer<Answer> whenAnswered;

    Receiver(List<Item> items, Consumer<Answer> whenAnswered) {
      this.items = items;
      this.whenAnswered = whenAnswered;
    }

    @Override
    public void answered(int status, byte[] body, SignedCalls.Judge judge) {
      Answer answer = interpret(status, body);
      if (answer instanceof Answer.Failed failed) {
        judge.judge(failed.failure(), this::failed);
      } else {
        whenAnswered.accept(answer);
      }
    }

    private Answer interpret(int status, byte[] body) {
      try {
        return format.read(items, status, body);
      } catch (RuntimeException e) {
        return new Answer.Failed(Failure.unanswered(e));
      }
    }

    @Override
    public void failed(Failure failure) {
      whenAnswered.accept(new Answer.Failed(failure));
    }
  }

  @Override
  public void close() {
    calls.close();
  }
}
