package io.dynaload.emr.fake;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** S3: buckets, and objects that are put in one request. */
public final class FakeS3 implements FakeService {
  private static final String REGION = "us-west-2";

  /** The regions, by their buckets. */
  private final Map<String, String> buckets = new ConcurrentSkipListMap<>();

  private final Map<String, byte[]> objects = new TreeMap<>();

  @Override
  public String name() {
    return "s3";
  }

  @Override
  public Protocol protocol() {
    return Protocol.REST_XML;
  }

  public FakeS3 withBucket(String bucket) {
    return withBucket(bucket, REGION);
  }

  public FakeS3 withBucket(String bucket, String region) {
    buckets.put(bucket, region);
    return this;
  }

  /** The objects that are there, by {@code BUCKET/KEY}. */
  public synchronized Map<String, byte[]> objects() {
    return new TreeMap<>(objects);
  }

  @Override
  public synchronized Answer answer(AwsRequest request) throws AwsError {
    String name = request.path().substring(1);
    String bucket = name.split("/", 2)[0];
    String region = buckets.get(bucket);
    if (region == null) {
      throw new AwsError(404, "NoSuchBucket", "The specified bucket does not exist");
    }
    return switch (request.action()) {
      case "HeadBucket" -> new Answer(200, Map.of("x-amz-bucket-region", region), new byte[0]);
      case "PutObject" -> {
        objects.put(name, request.body());
        yield new Answer(200, Map.of("ETag", "\"0\""), new byte[0]);
      }
      case "HeadObject", "GetObject" -> {
        byte[] object = objects.get(name);
        if (object == null) {
          throw new AwsError(404, "NoSuchKey", "The specified key does not exist.");
        }
        yield new Answer(200, Map.of("ETag", "\"0\""), object);
      }
      default -> throw FakeService.unknown(request);
    };
  }
}
