package io.dynaload.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.dynaload.item.Item;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * About the least that such calls can cost: in two threads, the same bodies, signed with a key that
 * is derived once, over a blocking socket each; an answer is read to its end and nothing is looked
 * at but its status.
 */
final class SocketLoop implements Contestant {
  private static final int THREADS = 2;
  private static final int BATCH = 25;
  private static final byte[] HEAD =
      ("{\"RequestItems\":{\"" + BenchItems.TABLE + "\":[").getBytes(US_ASCII);
  private static final byte[] PUT = "{\"PutRequest\":{\"Item\":".getBytes(US_ASCII);
  private static final byte[] END = "}}".getBytes(US_ASCII);
  private static final byte[] TAIL =
      "]},\"ReturnConsumedCapacity\":\"INDEXES\"}".getBytes(US_ASCII);
  private static final String SCOPE = "/us-east-1/dynamodb/aws4_request";
  private static final String SIGNED = "content-type;host;x-amz-date;x-amz-target";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final int port;

  SocketLoop(String endpoint) {
    port = URI.create(endpoint).getPort();
  }

  @Override
  public String name() {
    return "limit";
  }

  @Override
  public void write(BenchItems items, int count) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int from = 1 + (int) ((long) count * thread / THREADS);
        int to = (int) ((long) count * (thread + 1) / THREADS);
        done.add(threads.submit(() -> new Connection(port).write(items, from, to)));
      }
      for (Future<?> one : done) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static final class Connection {
    private final int port;
    private final MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    private final Mac mac = Mac.getInstance("HmacSHA256");
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(1 << 16);
    private final byte[] answer = new byte[1 << 12];

    Connection(int port) throws GeneralSecurityException {
      this.port = port;
      String day = TIME.format(Instant.now()).substring(0, 8);
      byte[] key = "AWS4bench".getBytes(US_ASCII);
      for (String part : List.of(day, "us-east-1", "dynamodb", "aws4_request")) {
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        key = mac.doFinal(part.getBytes(US_ASCII));
      }
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
    }

    Void write(BenchItems items, int from, int to) throws IOException {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setTcpNoDelay(true);
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        for (int first = from; first <= to; first += BATCH) {
          splice(items, first, Math.min(first + BATCH - 1, to));
          byte[] content = body.toByteArray();
          byte[] head = head(content).getBytes(US_ASCII);
          byte[] request = new byte[head.length + content.length];
          System.arraycopy(head, 0, request, 0, head.length);
          System.arraycopy(content, 0, request, head.length, content.length);
          out.write(request);
          read(in);
        }
      }
      return null;
    }

    private void splice(BenchItems items, int first, int last) throws IOException {
      body.reset();
      body.write(HEAD);
      for (int number = first; number <= last; number++) {
        if (number > first) {
          body.write(',');
        }
        Item item = items.item(number);
        body.write(PUT);
        body.write(item.json());
        body.write(END);
      }
      body.write(TAIL);
    }

    /** Signed by the rules of AWS Signature Version 4. */
    private String head(byte[] content) {
      String time = TIME.format(Instant.now());
      String host = "127.0.0.1:" + port;
      String canonical =
          "POST\n/\n\ncontent-type:application/x-amz-json-1.0\nhost:"
              + host
              + "\nx-amz-date:"
              + time
              + "\nx-amz-target:DynamoDB_20120810.BatchWriteItem\n\n"
              + SIGNED
              + "\n"
              + HexFormat.of().formatHex(sha256.digest(content));
      String toSign =
          "AWS4-HMAC-SHA256\n"
              + time
              + "\n"
              + time.substring(0, 8)
              + SCOPE
              + "\n"
              + HexFormat.of().formatHex(sha256.digest(canonical.getBytes(US_ASCII)));
      return "POST / HTTP/1.1\r\nHost: "
          + host
          + "\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Target: DynamoDB_20120810.BatchWriteItem\r\nX-Amz-Date: "
          + time
          + "\r\nAuthorization: AWS4-HMAC-SHA256 Credential=bench/"
          + time.substring(0, 8)
          + SCOPE
          + ", SignedHeaders="
          + SIGNED
          + ", Signature="
          + HexFormat.of().formatHex(mac.doFinal(toSign.getBytes(US_ASCII)))
          + "\r\nContent-Length: "
          + content.length
          + "\r\n\r\n";
    }

    /** The server's answer is one write, so it mostly comes in one piece; it ends with "}]}". */
    private void read(InputStream in) throws IOException {
      int length = 0;
      do {
        int more = in.read(answer, length, answer.length - length);
        if (more < 0) {
          throw new IOException("the server closed the connection");
        }
        length += more;
      } while (length < 3
          || answer[length - 1] != '}'
          || answer[length - 2] != ']'
          || answer[length - 3] != '}');
      if (answer[9] != '2') {
        throw new IOException("the server refused a call");
      }
    }
  }
}
