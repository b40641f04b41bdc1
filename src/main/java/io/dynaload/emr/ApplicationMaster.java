package io.dynaload.emr;

import io.dynaload.pipeline.ApplicationRun;

/**
 * The program of an application's master. Its one argument is the folder of the run that it does.
 * It ends by returning or throwing, never by ending the process, which is Flink's.
 */
public final class ApplicationMaster {
  private ApplicationMaster() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("The folder of the run is missing");
    }
    ApplicationRun.run(arguments[0]);
  }
}
