package io.vaxel.server.numbers;

import io.vaxel.control.phonenumbers.InvalidInventoryException;
import io.vaxel.control.phonenumbers.InventoryList;
import io.vaxel.control.phonenumbers.NumberStock;
import io.vaxel.control.phonenumbers.Page;
import io.vaxel.control.phonenumbers.StockEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The inventory in a server's database. The server reads that for every request, so what is done
 * here counts at once on a server that runs.
 */
final class LocalNumbers implements NumbersTarget {
  private static final int PAGE = 1000;

  private final NumberStock stock;

  LocalNumbers(NumberStock stock) {
    this.stock = stock;
  }

  @Override
  public int importList(String list, boolean json) throws InvalidInventoryException {
    List<InventoryList.Line> lines = json ? InventoryList.ofJson(list) : InventoryList.ofCsv(list);
    stock.add(lines);
    return lines.size();
  }

  @Override
  public List<Map<String, Object>> list(@Nullable Boolean owned) {
    NumberStock.Filter filter = new NumberStock.Filter(null, null, owned, null);
    List<Map<String, Object>> found = new ArrayList<>();
    Page.Of<StockEntry> page;
    int skip = 0;
    do {
      page = stock.list(filter, new Page(skip, PAGE));
      page.items().forEach(entry -> found.add(facts(entry)));
      skip += PAGE;
    } while (page.more());
    return found;
  }

  @Override
  public boolean release(String number) {
    return stock.release(number);
  }

  /** Under the names of the operator API. */
  private static Map<String, Object> facts(StockEntry entry) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("number", entry.number().number());
    facts.put("country", entry.number().country());
    facts.put("type", entry.number().type().wireName());
    facts.put("assignment", entry.number().assignment().wireName());
    facts.put("calling", entry.number().capabilities().calling().wireName());
    facts.put("sms", entry.number().capabilities().sms().wireName());
    facts.put(
        "state", entry.ownerId() != null ? "owned" : entry.heldUntil() != null ? "held" : "free");
    if (entry.ownerName() != null) {
      facts.put("resource", entry.ownerName());
    }
    return facts;
  }
}
