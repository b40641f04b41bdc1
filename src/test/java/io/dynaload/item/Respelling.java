package io.dynaload.item;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/**
 * Writes an item in another way that DynamoDB holds for the same: attributes, entries and sets in
 * another order, numbers in other spellings. The same for a seed.
 */
public final class Respelling {
  private final Random random;
  private final RandomItems values;

  public Respelling(long seed) {
    random = new Random(seed);
    values = new RandomItems(seed);
  }

  public Map<String, Value> of(Map<String, Value> item) {
    Map<String, Value> respelled = new LinkedHashMap<>();
    for (String name : shuffled(item.keySet())) {
      respelled.put(name, of(Objects.requireNonNull(item.get(name))));
    }
    return respelled;
  }

  /** The item with one small change somewhere, which rarely is none; {@code pk} stays. */
  public Map<String, Value> changed(Map<String, Value> item) {
    Map<String, Value> changed = new LinkedHashMap<>(item);
    List<String> names = new ArrayList<>(item.keySet());
    names.remove("pk");
    if (names.isEmpty() || random.nextInt(5) == 0) {
      changed.put(values.name(), new Value.Null());
    } else {
      String name = names.get(random.nextInt(names.size()));
      if (random.nextInt(5) == 0) {
        changed.remove(name);
      } else {
        changed.put(name, changed(Objects.requireNonNull(changed.get(name))));
      }
    }
    return changed;
  }

  private Value of(Value value) {
    if (value instanceof Value.N n) {
      return new Value.N(number(n.text()));
    } else if (value instanceof Value.M m) {
      return new Value.M(of(m.entries()));
    } else if (value instanceof Value.L l) {
      return new Value.L(l.elements().stream().map(this::of).toList());
    } else if (value instanceof Value.SS ss) {
      return new Value.SS(new LinkedHashSet<>(shuffled(ss.elements())));
    } else if (value instanceof Value.BS bs) {
      return new Value.BS(new LinkedHashSet<>(shuffled(bs.elements())));
    } else if (value instanceof Value.NS ns) {
      Set<String> numbers = new LinkedHashSet<>();
      shuffled(ns.elements()).forEach(text -> numbers.add(number(text)));
      return new Value.NS(numbers);
    }
    return value;
  }

  private String number(String text) {
    return values.spelled(new BigDecimal(text));
  }

  private Value changed(Value value) {
    if (value instanceof Value.S s) {
      return new Value.S(s.text() + "x");
    } else if (value instanceof Value.N n) {
      return new Value.N(n.text().startsWith("-") ? n.text().substring(1) : values.number());
    } else if (value instanceof Value.Bool bool) {
      return new Value.Bool(!bool.value());
    } else if (value instanceof Value.M m && !m.entries().isEmpty()) {
      Map<String, Value> entries = new LinkedHashMap<>(m.entries());
      String name = entries.keySet().iterator().next();
      entries.put(name, changed(Objects.requireNonNull(entries.get(name))));
      return new Value.M(entries);
    } else if (value instanceof Value.L l && !l.elements().isEmpty()) {
      List<Value> elements = new ArrayList<>(l.elements());
      elements.set(0, changed(elements.get(0)));
      return new Value.L(elements);
    }
    return new Value.S("changed");
  }

  private <E> List<E> shuffled(Collection<E> elements) {
    List<E> shuffled = new ArrayList<>(elements);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }
}
