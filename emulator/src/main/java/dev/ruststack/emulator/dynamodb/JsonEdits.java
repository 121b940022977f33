package dev.ruststack.emulator.dynamodb;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What to change in a JSON document, by place. A place is the names of the members that lead to it, joined by slashes;
 * arrays do not count: {@code Table/GlobalSecondaryIndexes/IndexArn}. The document itself is the empty place. Whatever
 * no place names, such as the items of a table, is not even looked into.
 */
final class JsonEdits {
    private final Map<String, UnaryOperator<String>> values = new HashMap<>();
    private final Map<String, UnaryOperator<String>> names = new HashMap<>();
    private final Map<String, String> appended = new HashMap<>();
    private final Map<String, Queue<String>> appendedInTurn = new HashMap<>();
    private final Set<String> zeroesDropped = new HashSet<>();
    private final Set<String> entered = new HashSet<>();

    /** Changes the strings at a place. */
    JsonEdits value(String place, UnaryOperator<String> edit) {
        values.put(place, edit);
        return enterParents(place);
    }

    /** Changes the names of the members of the object at a place. */
    JsonEdits names(String place, UnaryOperator<String> edit) {
        names.put(place, edit);
        return enter(place);
    }

    /** Adds members, as JSON without braces, to the object at a place. */
    JsonEdits append(String place, String members) {
        appended.put(place, members);
        return enter(place);
    }

    /** Adds members to the objects of an array, to each its own, in the order of the document; once. */
    JsonEdits appendInTurn(String place, List<String> members) {
        appendedInTurn.put(place, new ArrayDeque<>(members));
        return enter(place);
    }

    /** Drops the member at a place where its value is the number zero. */
    JsonEdits dropZero(String place) {
        zeroesDropped.add(place);
        return enterParents(place);
    }

    private JsonEdits enterParents(String place) {
        int slash = place.lastIndexOf('/');
        return enter(slash < 0 ? "" : place.substring(0, slash));
    }

    private JsonEdits enter(String place) {
        if (entered.add(place) && !place.isEmpty()) {
            enterParents(place);
        }
        return this;
    }

    boolean enters(String place) {
        return entered.contains(place);
    }

    @Nullable
    UnaryOperator<String> valueAt(String place) {
        return values.get(place);
    }

    @Nullable
    UnaryOperator<String> namesAt(String place) {
        return names.get(place);
    }

    @Nullable
    String appendedAt(String place) {
        var inTurn = appendedInTurn.get(place);
        return inTurn == null ? appended.get(place) : inTurn.poll();
    }

    boolean dropsZeroAt(String place) {
        return zeroesDropped.contains(place);
    }
}
