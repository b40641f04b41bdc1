package io.dynaload.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * A process with a table to be read and one to be written, neither of which is kept: a page of a
 * scan is one prepared text with other keys in it, and what is written is taken at once. Prints its
 * port; ends when its standard input does.
 */
public final class CannedServer {
  private static final int PAGE_BYTES = 1 << 20;
  private static final String ID = "{\"id\":{\"S\":\"sensor-";
  private static final int DIGITS = 12;
  private static final byte[] WRITTEN =
      "{\"UnprocessedItems\":{},\"ConsumedCapacity\":[{\"TableName\":\"bench\",\"CapacityUnits\":25.0}]}"
          .getBytes(US_ASCII);

  private final byte[] items;
  private final int itemLength;
  private final int itemsOfAPage;
  private final int pages;

  private CannedServer(BenchItems of, int count) {
    byte[] item = of.item(0).json();
    itemsOfAPage = PAGE_BYTES / of.item(0).size();
    pages = Math.max(1, count / itemsOfAPage);
    itemLength = item.length + 1;
    items = new byte[itemsOfAPage * itemLength];
    for (int i = 0; i < itemsOfAPage; i++) {
      System.arraycopy(item, 0, items, i * itemLength, item.length);
      items[(i + 1) * itemLength - 1] = ',';
    }
  }

  /**
   * @param args name of the items, and how many there are, less what does not fill a page
   */
  public static void main(String[] args) throws IOException {
    CannedServer server = new CannedServer(BenchItems.valueOf(args[0]), Integer.parseInt(args[1]));
    try (ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
      System.out.println(listener.getLocalPort() + " " + server.itemsOfAPage * server.pages);
      daemon(() -> server.accept(listener));
      while (System.in.read() >= 0) {
        // Nothing is said to it.
      }
    }
  }

  private void accept(ServerSocket listener) {
    try {
      while (true) {
        Socket connection = listener.accept();
        connection.setTcpNoDelay(true);
        daemon(() -> serve(connection));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private static void daemon(Runnable loop) {
    Thread thread = new Thread(loop, "canned");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Socket connection) {
    byte[] page = items.clone();
    try (connection;
        InputStream in = new BufferedInputStream(connection.getInputStream(), 1 << 16)) {
      OutputStream out = connection.getOutputStream();
      while (true) {
        String operation = "";
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
          String lower = line.toLowerCase(Locale.ROOT);
          if (lower.startsWith("content-length:")) {
            length = Integer.parseInt(line.substring(line.indexOf(':') + 1).trim());
          } else if (lower.startsWith("x-amz-target:")) {
            operation = line.substring(line.indexOf('.') + 1).trim();
          }
        }
        byte[] body = in.readNBytes(length);
        switch (operation) {
          case "BatchWriteItem" -> send(out, WRITTEN, 0, WRITTEN.length, new byte[0]);
          case "Scan" -> scan(out, new String(body, US_ASCII), page);
          default -> {
            byte[] table = table(new String(body, US_ASCII)).getBytes(US_ASCII);
            send(out, table, 0, table.length, new byte[0]);
          }
        }
      }
    } catch (IOException e) {
      // The client is done.
    }
  }

  private static String table(String request) {
    String name = request.contains("\"source\"") ? "source" : "bench";
    return "{\"Table\":{\"TableName\":\""
        + name
        + "\",\"TableStatus\":\"ACTIVE\",\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}],"
        + "\"AttributeDefinitions\":[{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}],"
        + "\"BillingModeSummary\":{\"BillingMode\":\"PAY_PER_REQUEST\"}}}";
  }

  private void scan(OutputStream out, String request, byte[] page) throws IOException {
    int total = (int) number(request, "\"TotalSegments\":");
    int key = request.indexOf(ID.substring(1));
    int number =
        request.contains("\"Limit\"")
            ? pages
            : key < 0
                ? (int) number(request, "\"Segment\":")
                : (int) (number(request, "sensor-") / itemsOfAPage) + total;
    boolean there = number < pages;
    long first = (long) number * itemsOfAPage;
    if (there) {
      for (int i = 0; i < itemsOfAPage; i++) {
        digits(page, i * itemLength + ID.length(), first + i);
      }
    }
    boolean more = there && number + total < pages;
    String last = String.format(Locale.ROOT, "%012d", first + itemsOfAPage - 1);
    String end =
        "],\"Count\":1,\"ScannedCount\":"
            + (there ? itemsOfAPage : 0)
            + (more ? ",\"LastEvaluatedKey\":" + ID + last + "\"}}" : "")
            + ",\"ConsumedCapacity\":{\"TableName\":\"source\",\"CapacityUnits\":128.0}}";
    send(out, page, 10, there ? page.length - 1 : 0, end.getBytes(US_ASCII));
  }

  private static void digits(byte[] page, int at, long number) {
    long rest = number;
    for (int p = at + DIGITS - 1; p >= at; p--) {
      page[p] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private static long number(String text, String name) {
    int from = text.indexOf(name) + name.length();
    int to = from;
    while (to < text.length() && Character.isDigit(text.charAt(to))) {
      to++;
    }
    return Long.parseLong(text.substring(from, to));
  }

  /**
   * @param opened how many bytes of {@code {"Items":[} come first, 0 or 10
   */
  private static void send(OutputStream out, byte[] page, int opened, int length, byte[] end)
      throws IOException {
    byte[] open = opened == 0 ? new byte[0] : "{\"Items\":[".getBytes(US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(open);
    crc.update(page, 0, length);
    crc.update(end);
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nx-amz-crc32: "
            + crc.getValue()
            + "\r\nContent-Length: "
            + (open.length + length + end.length)
            + "\r\n\r\n";
    byte[] headBytes = head.getBytes(US_ASCII);
    byte[] whole = new byte[headBytes.length + open.length + length + end.length];
    System.arraycopy(headBytes, 0, whole, 0, headBytes.length);
    System.arraycopy(open, 0, whole, headBytes.length, open.length);
    System.arraycopy(page, 0, whole, headBytes.length + open.length, length);
    System.arraycopy(end, 0, whole, headBytes.length + open.length + length, end.length);
    out.write(whole);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
