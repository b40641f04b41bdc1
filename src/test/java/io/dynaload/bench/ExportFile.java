package io.dynaload.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * A data file of a full export: orders with texts, numbers, a nested address, a list of lines, a
 * set, a flag and a few bytes. The same at every run.
 *
 * @param bytes of JSON
 */
record ExportFile(long items, long bytes) {
  private static final List<String> STATES = List.of("PLACED", "PAID", "SHIPPED", "DELIVERED");
  private static final List<String> STREETS =
      List.of("Main Street", "Østergade", "Rue de l'Église", "中山路", "High Road", "Lindenallee");
  private static final List<String> TAGS = List.of("gift", "express", "fragile", "b2b", "return");

  static ExportFile write(Path file, long atLeast) throws IOException {
    Random random = new Random(5);
    long items = 0;
    long bytes = 0;
    try (OutputStream out =
        new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file), 64 << 10))) {
      while (bytes < atLeast) {
        byte[] line = order(items++, random).getBytes(StandardCharsets.UTF_8);
        out.write(line);
        bytes += line.length;
      }
    }
    return new ExportFile(items, bytes);
  }

  private static String order(long number, Random random) {
    StringBuilder json = new StringBuilder(700);
    byte[] checksum = new byte[12];
    random.nextBytes(checksum);
    json.append("{\"Item\":{\"customer_id\":{\"S\":\"customer-")
        .append(1_000_000 + random.nextInt(50_000))
        .append("\"},\"order_id\":{\"S\":\"")
        .append(String.format("%010d", number))
        .append("\"},\"state\":{\"S\":\"")
        .append(STATES.get(random.nextInt(STATES.size())))
        .append("\"},\"placed_at\":{\"N\":\"")
        .append(1_700_000_000_000L + number * 1371)
        .append("\"},\"total\":{\"N\":\"")
        .append(random.nextInt(900))
        .append('.')
        .append(10 + random.nextInt(90))
        .append("\"},\"paid\":{\"BOOL\":")
        .append(random.nextBoolean())
        .append("},\"checksum\":{\"B\":\"")
        .append(Base64.getEncoder().encodeToString(checksum))
        .append("\"},\"address\":{\"M\":{\"street\":{\"S\":\"")
        .append(STREETS.get(random.nextInt(STREETS.size())))
        .append("\"},\"number\":{\"N\":\"")
        .append(1 + random.nextInt(200))
        .append("\"},\"zip\":{\"S\":\"")
        .append(10_000 + random.nextInt(89_999))
        .append("\"}}},\"lines\":{\"L\":[");
    for (int line = 1 + random.nextInt(4); line > 0; line--) {
      json.append("{\"M\":{\"sku\":{\"S\":\"SKU-")
          .append(random.nextInt(5_000))
          .append("\"},\"quantity\":{\"N\":\"")
          .append(1 + random.nextInt(5))
          .append("\"},\"price\":{\"N\":\"")
          .append(random.nextInt(200))
          .append(".99\"}}}")
          .append(line > 1 ? "," : "");
    }
    json.append("]},\"tags\":{\"SS\":[\"")
        .append(TAGS.get(random.nextInt(TAGS.size())))
        .append("\",\"web\"]},\"note\":{\"S\":\"")
        .append(random.nextInt(10) == 0 ? "leave it \\\"at the door\\\"\\n" : "")
        .append("ordered through the shop, delivered by the usual carrier\"}}}\n");
    return json.toString();
  }
}
