package io.dynaload.source.storage;

import io.dynaload.error.ImportException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.RequestPayer;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects on S3. The client is closed with it. */
final class S3Storage implements Storage {
  private final S3Client client;
  private final @Nullable RequestPayer payer;
  private final Retry retry;

  S3Storage(S3Client client, boolean requesterPays, Retry retry) {
    this.client = client;
    this.payer = requesterPays ? RequestPayer.REQUESTER : null;
    this.retry = retry;
  }

  @Override
  public List<StoredObject> list(String path) throws IOException {
    S3Location location = S3Location.of(path);
    String key = location.key();
    if (Glob.isGlob(key)) {
      Glob glob = new Glob(key);
      return below(location, glob.prefix(), glob::matches);
    }
    if (!key.isEmpty() && !key.endsWith("/")) {
      return fileOrFolder(path, location);
    }
    return folder(location, key);
  }

  /** Who may not list a bucket is told 403 of what is not there; the listing then says why. */
  private List<StoredObject> fileOrFolder(String path, S3Location location) throws IOException {
    ImportException refusal = null;
    try {
      Optional<StoredObject> itself = find(path);
      if (itself.isPresent()) {
        return List.of(itself.get());
      }
    } catch (ImportException e) {
      if (!(e.getCause() instanceof S3Exception answer && answer.statusCode() == 403)) {
        throw e;
      }
      refusal = e;
    }
    List<StoredObject> found = folder(location, location.key() + "/");
    if (found.isEmpty() && refusal != null) {
      throw refusal;
    }
    return found;
  }

  private List<StoredObject> folder(S3Location location, String folder) throws IOException {
    return below(location, folder, found -> isShown(found.substring(folder.length())));
  }

  private static boolean isShown(String relative) {
    for (String name : relative.split("/", -1)) {
      if (name.startsWith("_") || name.startsWith(".")) {
        return false;
      }
    }
    return true;
  }

  private List<StoredObject> below(S3Location location, String prefix, Predicate<String> wanted)
      throws IOException {
    List<StoredObject> found = new ArrayList<>();
    ListObjectsV2Request request =
        ListObjectsV2Request.builder()
            .bucket(location.bucket())
            .prefix(prefix)
            .requestPayer(payer)
            .build();
    String token = null;
    do {
      ListObjectsV2Request next = request.toBuilder().continuationToken(token).build();
      ListObjectsV2Response page =
          repeated(location.uri(location.key()), () -> client.listObjectsV2(next));
      for (S3Object object : page.contents()) {
        if (!object.key().endsWith("/") && wanted.test(object.key())) {
          found.add(new StoredObject(location.uri(object.key()), object.size(), object.eTag()));
        }
      }
      token = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
    } while (token != null);
    found.sort(Comparator.comparing(StoredObject::uri));
    return found;
  }

  @Override
  public Optional<StoredObject> find(String uri) throws IOException {
    S3Location location = S3Location.of(uri);
    try {
      HeadObjectResponse head = repeated(uri, () -> head(location));
      return Optional.of(new StoredObject(uri, head.contentLength(), head.eTag()));
    } catch (ImportException e) {
      if (e.getCause() instanceof S3Exception answer && answer.statusCode() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private HeadObjectResponse head(S3Location location) {
    return client.headObject(
        r -> r.bucket(location.bucket()).key(location.key()).requestPayer(payer));
  }

  private <T> T repeated(String uri, Supplier<T> request) throws IOException {
    Retry.Streak failures = retry.streak("Asking S3 for " + uri);
    while (true) {
      try {
        return request.get();
      } catch (SdkException | UncheckedIOException e) {
        S3Failures.throwIfFinal(uri, e);
        failures.failed(e);
      }
    }
  }

  @Override
  public InputStream open(StoredObject object, long offset) {
    return new S3Stream(client, payer, object, offset, retry);
  }

  @Override
  public void close() {
    client.close();
  }
}
