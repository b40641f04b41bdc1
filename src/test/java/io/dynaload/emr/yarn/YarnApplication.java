package io.dynaload.emr.yarn;

/**
 * What the ResourceManager says of an application.
 *
 * @param state RUNNING, FINISHED, …
 * @param finalStatus UNDEFINED until it has ended, then SUCCEEDED, FAILED or KILLED
 */
record YarnApplication(String id, String name, String state, String finalStatus) {
  boolean hasEnded() {
    return !finalStatus.equals("UNDEFINED");
  }
}
