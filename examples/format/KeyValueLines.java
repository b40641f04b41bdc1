import io.dynaload.item.InvalidItemException;
import io.dynaload.item.InvalidItemException.Reason;
import io.dynaload.item.Item;
import io.dynaload.item.ItemEncoder;
import io.dynaload.item.ItemEncoder.Name;
import io.dynaload.item.Origin;
import io.dynaload.source.format.FormatProvider;
import io.dynaload.source.format.LineDecoder;
import io.dynaload.source.format.LineFormat;
import io.dynaload.source.format.RecordFormat;
import java.nio.charset.StandardCharsets;
import java.util.Map;

public final class KeyValueLines implements FormatProvider {
  @Override
  public String name() {
    return "key-value";
  }

  @Override
  public RecordFormat create(Map<String, String> options) {
    return new LineFormat(Decoder::new);
  }

  static final class Decoder implements LineDecoder {
    private static final Name ID = new Name("id");
    private static final Name VALUE = new Name("value");
    private final ItemEncoder encoder = new ItemEncoder();

    @Override
    public Item decode(byte[] bytes, int offset, int length, Origin origin)
        throws InvalidItemException {
      String[] line = new String(bytes, offset, length, StandardCharsets.UTF_8).split("=", 2);
      if (line.length < 2) {
        throw new InvalidItemException(Reason.MALFORMED, "there is no =");
      }
      encoder.begin().string(ID, line[0]).string(VALUE, line[1]);
      return encoder.put(Item.NO_WRITE_TIMESTAMP, origin);
    }
  }
}
