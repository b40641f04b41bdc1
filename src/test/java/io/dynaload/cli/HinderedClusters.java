package io.dynaload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;

/** Clusters that something happens to around the applications of an import in several steps. */
final class HinderedClusters {
  private HinderedClusters() {}

  /** What happens. */
  interface Hindrance {
    void run() throws IOException;
  }

  /** One that does something before its second application begins; none can be stopped any more. */
  static final class Hindered extends ThreadCluster {
    final List<String> stopped = new ArrayList<>();
    private final Hindrance hindrance;

    Hindered(Hindrance hindrance) {
      this.hindrance = hindrance;
    }

    @Override
    public synchronized Application begin(String name, String folder) throws InterruptedException {
      if (begun.size() == 1) {
        try {
          hindrance.run();
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      }
      return super.begin(name, folder);
    }

    @Override
    public boolean stop(String id) {
      stopped.add(id);
      return false;
    }
  }

  /** One of which something is asked just when its first application has ended. */
  static final class Ended extends ThreadCluster {
    private final Runnable asked;

    Ended(Runnable asked) {
      this.asked = asked;
    }

    @Override
    public synchronized Application look(String id) {
      Application application = super.look(id);
      if (application.state().isOver() && begun.size() == 1) {
        asked.run();
      }
      return application;
    }
  }

  /** One that loses its second application. */
  static final class Losing extends ThreadCluster {
    private final State end;

    Losing(State end) {
      this.end = end;
    }

    @Override
    public Application begin(String name, String folder) throws InterruptedException {
      return begun.size() == 1
          ? new Application("application_7", end, "The node was lost.")
          : super.begin(name, folder);
    }
  }

  /** One that says nothing any more once its second application has begun. */
  static final class OutOfSight extends ThreadCluster {
    private static final String SECOND = "application_2";

    @Override
    public Application begin(String name, String folder) throws InterruptedException {
      return begun.isEmpty()
          ? super.begin(name, folder)
          : new Application(SECOND, State.RUNNING, "");
    }

    @Override
    public Application look(String id) {
      if (id.equals(SECOND)) {
        throw new ImportException(ErrorCode.INTERNAL, "YARN does not answer", "Look at it.");
      }
      return super.look(id);
    }
  }

  /** One that is cancelled while its first application comes to its end: too late to stop it. */
  static final class Cancelled extends ThreadCluster {
    @Override
    public Application begin(String name, String folder) throws InterruptedException {
      Application application = super.begin(name, folder);
      Signal.raise(new Signal("TERM"));
      return application;
    }

    @Override
    public boolean stop(String id) {
      return false;
    }
  }

  /** One that is cancelled while it has no room yet for the second application. */
  static final class Full extends ThreadCluster {
    private final CountDownLatch killed = new CountDownLatch(1);
    private volatile boolean isWaiting;

    @Override
    public Application begin(String name, String folder) throws InterruptedException {
      if (begun.isEmpty()) {
        return super.begin(name, folder);
      }
      isWaiting = true;
      Signal.raise(new Signal("TERM"));
      assertThat(killed.await(60, TimeUnit.SECONDS)).isTrue();
      return new Application("application_2", State.KILLED, "");
    }

    @Override
    public List<Application> unfinished(String name) {
      return isWaiting
          ? List.of(new Application("application_2", State.WAITING, ""))
          : super.unfinished(name);
    }

    @Override
    public boolean stop(String id) {
      killed.countDown();
      return false;
    }
  }
}
