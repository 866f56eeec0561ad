package io.vaxel.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class KeyFrameRequestsTest {
  private static final long MS = 1_000_000;

  private final KeyFrameRequests requests = new KeyFrameRequests(500 * MS);

  @Test
  void manyWhoAskCauseOneRequest() {
    assertTrue(requests.request(-5 * MS));
    assertFalse(requests.request(0));
    assertFalse(requests.request(400 * MS));
    assertEquals(1, requests.sent());
    assertEquals(2, requests.suppressed());
  }

  @Test
  void aKeyFrameAnswersEverybody() {
    requests.request(0);
    requests.request(10 * MS);
    requests.keyFrame();
    assertFalse(requests.poll(500 * MS));
    assertEquals(KeyFrameRequests.NEVER, requests.nextDeadlineNanos());
  }

  @Test
  void whoAsksRightAfterAKeyFrameIsServedWhenTheIntervalIsOver() {
    requests.request(0);
    requests.keyFrame();
    assertFalse(requests.request(100 * MS));
    assertEquals(500 * MS, requests.nextDeadlineNanos());
    assertFalse(requests.poll(499 * MS));
    assertTrue(requests.poll(500 * MS));
  }

  @Test
  void repeatsUntilItGivesUpAndBeginsAgainWhenAsked() {
    requests.request(0);
    long now = 0;
    for (int i = 1; i < 10; i++) {
      now += 500 * MS;
      assertTrue(requests.poll(now));
    }
    assertFalse(requests.poll(now + 500 * MS));
    assertEquals(KeyFrameRequests.NEVER, requests.nextDeadlineNanos());
    assertTrue(requests.request(now + 600 * MS));
    assertEquals(11, requests.sent());
  }
}
