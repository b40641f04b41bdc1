package io.dynaload.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SameItemTest {
  private static ItemView view(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return new ItemView(
        Item.put(bytes, bytes.length, Item.NO_WRITE_TIMESTAMP, new Origin("test", 0)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'N':'1'} | {'N':'+1.00E0'}",
        "{'N':'0'} | {'N':'-0.0'}",
        "{'N':'1e-130'} | {'N':'.1E-129'}",
        "{'N':'12345678901234567890123456789012345678'}"
            + " | {'N':'1.2345678901234567890123456789012345678E+37'}",
        "{'NS':['1','2.50']} | {'NS':['2.5','1E0']}",
        "{'SS':['a','b']} | {'SS':['b','a']}",
        "{'BS':['YQ==','Yg==']} | {'BS':['Yg==','YQ==']}",
        "{'S':'é/'} | { 'S' : '\\u00e9\\/' }",
        "{'M':{'a':{'N':'1'},'b':{'L':[{'NS':['3','4']}]}}}"
            + " | {'M':{'b':{'L':[{'NS':['4.0','3']}]},'a':{'N':'01'}}}",
      })
  void spellingsAndOrderDoNotMatter(String one, String other) {
    assertThat(whether(one, other)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'N':'1'} | {'S':'1'}",
        "{'N':'1'} | {'N':'-1'}",
        "{'N':'12345678901234567890123456789012345678'}"
            + " | {'N':'12345678901234567890123456789012345679'}",
        "{'S':'a'} | {'S':'A'}",
        "{'S':'é'} | {'S':'e\\u0301'}",
        "{'S':''} | {'NULL':true}",
        "{'S':'YQ=='} | {'B':'YQ=='}",
        "{'BOOL':true} | {'BOOL':false}",
        "{'L':[{'N':'1'},{'N':'2'}]} | {'L':[{'N':'2'},{'N':'1'}]}",
        "{'L':[{'N':'1'}]} | {'L':[{'N':'1'},{'N':'1'}]}",
        "{'L':[{'N':'1'}]} | {'NS':['1']}",
        "{'L':[]} | {'M':{}}",
        "{'M':{'a':{'N':'1'}}} | {'M':{'a':{'N':'1'},'b':{'NULL':true}}}",
        "{'M':{'a':{'NULL':true}}} | {'M':{'b':{'NULL':true}}}",
        "{'NS':['1']} | {'SS':['1']}",
        "{'NS':['1','2']} | {'NS':['1','3']}",
        "{'SS':['a']} | {'SS':['a','b']}",
      })
  void typesAndValuesDo(String one, String other) {
    assertThat(whether(one, other)).isFalse();
  }

  private static boolean whether(String one, String other) {
    ItemView first = view("{'k':{'S':'x'},'v':".replace('\'', '"') + one.replace('\'', '"') + "}");
    ItemView second = view("{\"v\":" + other.replace('\'', '"') + ",\"k\":{\"S\":\"x\"}}");
    assertThat(second.isSameAs(first)).isEqualTo(first.isSameAs(second));
    return first.isSameAs(second);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void itAgreesWithTheCanonicalTexts(long seed) throws Exception {
    RandomItems random = new RandomItems(seed);
    Respelling respelling = new Respelling(seed);
    int same = 0;
    for (int i = 0; i < 3000; i++) {
      Map<String, Value> item = random.next(Map.of("pk", new Value.S("a")));
      Map<String, Value> respelled = respelling.of(item);
      Map<String, Value> changed = respelling.changed(respelled);
      ItemView view = new ItemView(RandomItems.encode(item));

      assertThat(view.isSameAs(new ItemView(RandomItems.encode(respelled)))).isTrue();
      boolean expected = CanonicalText.of(changed).equals(CanonicalText.of(item));
      assertThat(view.isSameAs(new ItemView(RandomItems.encode(changed)))).isEqualTo(expected);
      same += expected ? 1 : 0;
    }
    assertThat(same).isLessThan(300);
  }

  @Test
  void anAttributeIsTakenOutAsItIsWritten() {
    ItemView view = view("{\"a\":{\"S\":\"x\"}, \"v\" : { \"N\" : \"1.50\" } ,\"z\":{\"M\":{}}}");

    assertThat(view.json("v").map(SameItemTest::text)).hasValue("{ \"N\" : \"1.50\" }");
    assertThat(view.json("z").map(SameItemTest::text)).hasValue("{\"M\":{}}");
    assertThat(view.json("b")).isEmpty();
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
