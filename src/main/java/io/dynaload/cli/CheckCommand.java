package io.dynaload.cli;

import io.dynaload.pipeline.ImportFile;
import io.dynaload.pipeline.Sample;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks an import file, and shows what its transform makes of items; nothing is written. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description =
        "Checks an import file. With --sample, reads a few items of each import, and shows them"
            + " before and after its transform. Nothing is written.")
final class CheckCommand implements Callable<Integer> {
  private static final int WIDTH_OF_NO_TERMINAL = 120;

  @Mixin private final ImportSelection selection = new ImportSelection();

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "Show so many items before and after the transform.")
  private int sample;

  private final Terminal terminal;

  CheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<ImportFile> imports = List.copyOf(selection.read().imports().values());
    for (ImportFile file : imports) {
      if (sample > 0) {
        show(file);
      }
    }
    terminal.out().println("The file is right.");
    return ExitStatus.OK.code();
  }

  private void show(ImportFile file) {
    int width = terminal.isInteractive() ? terminal.columns() : WIDTH_OF_NO_TERMINAL;
    List<Sample.Entry> entries = Sample.of(file, sample);
    terminal.out().println(file.pipeline().name() + ": the first items, before and after");
    for (int i = 0; i < entries.size(); i++) {
      terminal.out().println();
      terminal.out().print(new SampleTable(width).of(i + 1, entries.get(i)));
    }
    if (entries.isEmpty()) {
      terminal.out().println("The source has no items.");
    }
    terminal.out().println();
  }
}
