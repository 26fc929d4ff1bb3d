// SPDX-License-Identifier: Apache-2.0
package gradus.internal;

import gradus.RemovableHandle;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/// Hooks in the order of their registration: a list that is copied on every change, so that a hook
/// may remove itself while it runs.
public final class Registry<H> implements Iterable<H> {
  private volatile List<Entry<H>> entries = List.of();

  /// Adds `hook`, which may be there already, and returns what removes it.
  public synchronized RemovableHandle add(H hook) {
    var entry = new Entry<>(hook);
    entries = Stream.concat(entries.stream(), Stream.of(entry)).toList();
    return () -> remove(entry);
  }

  private synchronized void remove(Entry<H> entry) {
    entries = entries.stream().filter(other -> other != entry).toList();
  }

  /// Whether there is no hook, which is to be found out at next to no cost.
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  @Override
  public Iterator<H> iterator() {
    List<Entry<H>> entries = this.entries;
    if (entries.isEmpty()) {
      return Collections.emptyIterator();
    }
    return entries.stream().map(Entry::hook).iterator();
  }

  /// One registration; the same hook may have several.
  private static final class Entry<H> {
    private final H hook;

    private Entry(H hook) {
      this.hook = hook;
    }

    private H hook() {
      return hook;
    }
  }
}
