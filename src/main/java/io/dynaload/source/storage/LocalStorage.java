package io.dynaload.source.storage;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Files on this machine; links are followed. Nothing is tried again. */
final class LocalStorage implements Storage {
  private static final String SCHEME = "file://";

  @Override
  public List<StoredObject> list(String path) throws IOException {
    String text = text(path);
    Optional<StoredObject> itself = find(path);
    if (itself.isPresent()) {
      return List.of(itself.get());
    }
    if (!Glob.isGlob(text)) {
      Path folder = Path.of(text).toAbsolutePath().normalize();
      return below(folder, file -> isShown(folder.relativize(file)));
    }
    Glob glob = new Glob(absolute(text));
    String prefix = glob.prefix();
    Path folder = Path.of(prefix.substring(0, prefix.lastIndexOf('/') + 1));
    return below(folder, file -> glob.matches(file.toString()));
  }

  private static String absolute(String text) {
    return text.startsWith("/") ? text : Path.of("").toAbsolutePath() + "/" + text;
  }

  private static boolean isShown(Path relative) {
    for (Path name : relative) {
      if (name.toString().startsWith("_") || name.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }

  private static List<StoredObject> below(Path folder, Predicate<Path> wanted) throws IOException {
    List<StoredObject> found = new ArrayList<>();
    Files.walkFileTree(
        folder,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && wanted.test(file)) {
              found.add(object(file, attributes));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException || e instanceof FileSystemLoopException) {
              return FileVisitResult.CONTINUE;
            }
            if (e instanceof AccessDeniedException) {
              throw denied(SCHEME + file, e);
            }
            throw e;
          }
        });
    found.sort(Comparator.comparing(StoredObject::uri));
    return found;
  }

  @Override
  public Optional<StoredObject> find(String uri) throws IOException {
    Path file = Path.of(text(uri)).toAbsolutePath().normalize();
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.isRegularFile() ? Optional.of(object(file, attributes)) : Optional.empty();
    } catch (AccessDeniedException e) {
      throw denied(uri, e);
    } catch (java.nio.file.FileSystemException e) {
      // Not there, or a name that the file system cannot have, or a file where a folder should be.
      return Optional.empty();
    }
  }

  private static StoredObject object(Path file, BasicFileAttributes attributes) {
    String tag = Long.toString(attributes.lastModifiedTime().to(TimeUnit.MICROSECONDS));
    return new StoredObject(SCHEME + file, attributes.size(), tag);
  }

  @Override
  public InputStream open(StoredObject object, long offset) throws IOException {
    Optional<StoredObject> now = find(object.uri());
    if (now.isEmpty()) {
      throw Losses.vanished(object.uri());
    }
    if (!now.get().equals(object)) {
      throw Losses.changed(object.uri());
    }
    SeekableByteChannel channel;
    try {
      channel = Files.newByteChannel(Path.of(text(object.uri())));
    } catch (AccessDeniedException e) {
      throw denied(object.uri(), e);
    }
    channel.position(offset);
    return new WholeStream(Channels.newInputStream(channel), object, offset);
  }

  private static String text(String uri) {
    return uri.startsWith(SCHEME) ? uri.substring(SCHEME.length()) : uri;
  }

  private static ImportException denied(String uri, Exception cause) {
    return new ImportException(
        ErrorCode.SOURCE,
        uri + " may not be read by this process",
        "Give the user that runs the job the right to read it.",
        cause);
  }

  @Override
  public void close() {}
}
