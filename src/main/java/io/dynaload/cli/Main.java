package io.dynaload.cli;

/** The program. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    Terminal terminal = Terminal.ofProcess();
    StrayOutput.toTheLog();
    System.exit(DynaloadCommand.execute(arguments, terminal).code());
  }
}
