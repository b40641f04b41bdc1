package io.dynaload.source.storage;

import io.dynaload.aws.S3Clients;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses by the path's scheme; connects to S3 when the first path asks for it. */
final class Storages implements Storage {
  private final StorageConfig config;
  private final Retry retry;
  private final LocalStorage local = new LocalStorage();
  private @Nullable S3Storage s3;

  Storages(StorageConfig config, Retry retry) {
    this.config = config;
    this.retry = retry;
  }

  @Override
  public List<StoredObject> list(String path) throws IOException {
    return of(path).list(path);
  }

  @Override
  public Optional<StoredObject> find(String uri) throws IOException {
    return of(uri).find(uri);
  }

  @Override
  public InputStream open(StoredObject object, long offset) throws IOException {
    return of(object.uri()).open(object, offset);
  }

  private Storage of(String path) {
    if (path.startsWith(S3Location.SCHEME)) {
      return s3();
    }
    int scheme = path.indexOf("://");
    if (scheme > 0 && !path.startsWith("file://")) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          path + " is neither on S3 nor a local file",
          "Write s3://bucket/key, file:///folder/name or /folder/name.");
    }
    return local;
  }

  private synchronized S3Storage s3() {
    S3Storage open = s3;
    if (open == null) {
      open = new S3Storage(S3Clients.of(config.aws()), config.requesterPays(), retry);
      s3 = open;
    }
    return open;
  }

  @Override
  public synchronized void close() {
    if (s3 != null) {
      s3.close();
      s3 = null;
    }
  }
}
