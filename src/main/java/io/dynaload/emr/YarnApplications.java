package io.dynaload.emr;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.IOException;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.client.deployment.ClusterDeploymentException;
import org.apache.flink.client.deployment.application.ApplicationConfiguration;
import org.apache.flink.client.program.ClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.yarn.YarnClusterClientFactory;
import org.apache.flink.yarn.YarnClusterDescriptor;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * YARN applications, each a Flink cluster of its own in application mode. The one place that knows
 * Flink's client for YARN, and Hadoop; both are on the class path where {@code flink} is run, and
 * nowhere else.
 */
public final class YarnApplications implements Applications {
  private static final Logger LOG = LoggerFactory.getLogger(YarnApplications.class);
  private static final EnumSet<YarnApplicationState> OVER =
      EnumSet.of(
          YarnApplicationState.FINISHED, YarnApplicationState.FAILED, YarnApplicationState.KILLED);
  private static final long SAVEPOINT_MINUTES = 10;

  /** How long an application may go without a job before it is killed instead of stopped. */
  private static final long JOB_MINUTES = 5;

  private static final long JOB_LOOK_SECONDS = 2;

  /** How often one is looked at that may be ending, and does not answer any more. */
  private static final int END_LOOKS = 10;

  /** How often, and how long apart, the ResourceManager is asked that does not answer. */
  private static final int ATTEMPTS = 10;

  private static final long PAUSE_SECONDS = 15;

  private final YarnSettings settings;
  private final YarnClusterDescriptor cluster;

  private YarnApplications(YarnSettings settings) {
    this.settings = settings;
    this.cluster = new YarnClusterClientFactory().createClusterDescriptor(settings.forClient());
  }

  /**
   * Connects to the cluster that Hadoop's configuration names.
   *
   * @param flink the configuration that {@code flink run} works with
   * @throws NoClassDefFoundError where Flink's client for YARN, or Hadoop, is missing
   */
  public static Applications connect(Configuration flink) {
    return new YarnApplications(new YarnSettings(flink));
  }

  private YarnClient yarn() {
    return cluster.getYarnClient();
  }

  @Override
  public List<Application> unfinished(String name) {
    return named(name).stream()
        .filter(each -> !OVER.contains(each.getYarnApplicationState()))
        .map(YarnApplications::application)
        .toList();
  }

  private List<ApplicationReport> named(String name) {
    try {
      return yarn().getApplications().stream()
          .filter(each -> each.getName().equals(name))
          .filter(each -> each.getApplicationTags().contains(YarnSettings.TAG))
          .sorted(Comparator.comparing(ApplicationReport::getApplicationId))
          .toList();
    } catch (IOException | YarnException e) {
      throw unreachable(e);
    }
  }

  @Override
  public Application begin(String name, String folder) throws InterruptedException {
    Optional<ApplicationId> before = newest(name);
    Configuration flink = settings.forApplication(name, folder);
    YarnClusterClientFactory factory = new YarnClusterClientFactory();
    try (YarnClusterDescriptor descriptor = factory.createClusterDescriptor(flink);
        ClusterClient<ApplicationId> client =
            descriptor
                .deployApplicationCluster(
                    factory.getClusterSpecification(flink),
                    new ApplicationConfiguration(
                        new String[] {folder}, ApplicationMaster.class.getName()))
                .getClusterClient()) {
      return look(client.getClusterId().toString());
    } catch (ClusterDeploymentException e) {
      LOG.info("The application could not be deployed", e);
      // It may have come as far as to fail by itself.
      Optional<ApplicationId> made = newest(name).filter(id -> !before.equals(Optional.of(id)));
      if (made.isPresent()) {
        Application application = look(made.get().toString());
        if (application.state().isOver()) {
          return application;
        }
      }
      throw refused(e);
    }
  }

  private Optional<ApplicationId> newest(String name) {
    return named(name).stream()
        .map(ApplicationReport::getApplicationId)
        .max(Comparator.naturalOrder());
  }

  @Override
  public Application look(String id) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return application(yarn().getApplicationReport(ApplicationId.fromString(id)));
      } catch (IOException | YarnException e) {
        if (attempt == ATTEMPTS) {
          throw unreachable(e);
        }
        LOG.warn("YARN's ResourceManager does not answer; it is asked again", e);
        TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
      }
    }
  }

  @Override
  public boolean stop(String id) throws InterruptedException {
    ApplicationId application = ApplicationId.fromString(id);
    Application now = look(id);
    if (now.state().isOver()) {
      return false;
    }
    try {
      if (now.state() == State.WAITING) {
        yarn().killApplication(application);
        return false;
      }
      return stopJob(application);
    } catch (IOException | YarnException e) {
      throw unreachable(e);
    }
  }

  /** It runs long before its job does, while the source is looked at, and for a while after it. */
  private boolean stopJob(ApplicationId id)
      throws InterruptedException, IOException, YarnException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(JOB_MINUTES);
    while (!look(id.toString()).state().isOver()) {
      Optional<Boolean> isTaken = stopJobs(id);
      if (isTaken.isPresent()) {
        return isTaken.get();
      }
      if (System.nanoTime() - deadline >= 0) {
        LOG.warn("{} has no job that could be stopped; it is killed", id);
        yarn().killApplication(id);
        return false;
      }
      TimeUnit.SECONDS.sleep(JOB_LOOK_SECONDS);
    }
    return false;
  }

  /**
   * @return whether there is a savepoint; empty if there is no job to stop
   */
  private Optional<Boolean> stopJobs(ApplicationId id) throws InterruptedException {
    try (YarnClusterDescriptor descriptor =
            new YarnClusterClientFactory().createClusterDescriptor(settings.forClient());
        ClusterClient<ApplicationId> client = descriptor.retrieve(id).getClusterClient()) {
      List<JobStatusMessage> jobs =
          client.listJobs().get().stream()
              .filter(job -> !job.getJobState().isGloballyTerminalState())
              .toList();
      boolean isTaken = true;
      for (JobStatusMessage job : jobs) {
        isTaken &= stop(client, job);
      }
      return jobs.isEmpty() ? Optional.empty() : Optional.of(isTaken);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      if (isOverSoon(id)) {
        return Optional.of(false); // It ended meanwhile, or somebody else has stopped it.
      }
      throw new ImportException(
          ErrorCode.INTERNAL,
          "The application " + id + " could not be told to stop: " + e.getMessage(),
          "Try again, or end it as it is: yarn application -kill " + id,
          e);
    }
  }

  private boolean isOverSoon(ApplicationId id) throws InterruptedException {
    for (int look = 1; !look(id.toString()).state().isOver(); look++) {
      if (look == END_LOOKS) {
        return false;
      }
      TimeUnit.SECONDS.sleep(JOB_LOOK_SECONDS);
    }
    return true;
  }

  private static boolean stop(ClusterClient<ApplicationId> client, JobStatusMessage job)
      throws InterruptedException, ExecutionException {
    try {
      String savepoint =
          client
              .cancelWithSavepoint(job.getJobId(), null, SavepointFormatType.CANONICAL)
              .get(SAVEPOINT_MINUTES, TimeUnit.MINUTES);
      LOG.info("The position of {} is in {}", job.getJobId(), savepoint);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("No savepoint could be taken; the checkpoint before it stands.", e);
      client.cancel(job.getJobId()).get();
      return false;
    }
  }

  private static Application application(ApplicationReport report) {
    String diagnostics = report.getDiagnostics();
    return new Application(
        report.getApplicationId().toString(),
        state(report.getYarnApplicationState(), report.getFinalApplicationStatus()),
        diagnostics == null ? "" : diagnostics.strip());
  }

  private static State state(YarnApplicationState state, FinalApplicationStatus end) {
    return switch (state) {
      case NEW, NEW_SAVING, SUBMITTED, ACCEPTED -> State.WAITING;
      case RUNNING -> State.RUNNING;
      case FAILED -> State.FAILED;
      case KILLED -> State.KILLED;
      case FINISHED ->
          switch (end) {
            case SUCCEEDED, ENDED -> State.SUCCEEDED;
            case KILLED -> State.KILLED;
            case FAILED, UNDEFINED -> State.FAILED;
          };
    };
  }

  private static ImportException refused(ClusterDeploymentException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new ImportException(
        ErrorCode.INTERNAL,
        "YARN did not take the application: "
            + Diagnostics.brief(String.valueOf(cause.getMessage())),
        "If it is memory or cores: give the cluster larger nodes, or Flink's processes less"
            + " (docs/emr.md).",
        e);
  }

  private static ImportException unreachable(Exception e) {
    return new ImportException(
        ErrorCode.INTERNAL,
        "YARN's ResourceManager does not answer: " + e.getMessage(),
        "Look at the cluster's state. An application that runs goes on without this command.",
        e);
  }

  @Override
  public void close() {
    cluster.close();
  }
}
