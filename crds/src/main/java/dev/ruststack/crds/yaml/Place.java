package dev.ruststack.crds.yaml;

import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/** A field of the document that is being read: its path, and where to say what is wrong with it. */
record Place(String path, Log log, Locations locations) {
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    Place field(String name) {
        return new Place(path.isEmpty() ? name : path + "." + name, log, locations);
    }

    Place item(int index) {
        return new Place(path + "[" + index + "]", log, locations);
    }

    /** An entry of an object whose keys are the user's. */
    Place entry(String key) {
        return WORD.matcher(key).matches() ? field(key) : new Place(path + "[\"" + key + "\"]", log, locations);
    }

    void problem(Node at, String message) {
        log.misfit(at, path, message);
    }

    void warning(Node at, String message) {
        log.warning(at, path, message);
    }

    /** For rules, which have no node at hand. */
    void problem(String message) {
        log.brokenRule(locations.problem(path, message));
    }
}
