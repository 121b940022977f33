package dev.ruststack.emulator.seed;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A setting that Lambda takes and gives back as one JSON document.
 *
 * @param document as Lambda takes it; null where nothing is declared
 * @param fresh that of a new function, where every function has one; else null
 */
record LambdaDocument(
        Calls lambda,
        Name name,
        Address address,
        @Nullable ObjectNode document,
        @Nullable ObjectNode fresh) implements FunctionSetting {
    /** Its field, and what the operations are called behind Get, Put and Delete. */
    record Name(String field, String operation) {}

    /**
     * Where it is.
     *
     * @param change the same as {@code read}, except for reserved concurrency
     * @param create the method that makes one where there is none
     */
    record Address(String read, String change, String create) {
        static Address of(String target) {
            return new Address(target, target, "PUT");
        }

        Address created(String method) {
            return new Address(read, change, method);
        }
    }

    @Override
    public String field() {
        return name.field;
    }

    @Override
    public boolean declared() {
        return document != null;
    }

    @Override
    public boolean holds() throws SeedException, IOException {
        var found = find();
        var due = document == null ? fresh : document;
        if (due == null) {
            return found == null || Documents.same(found, Calls.JSON.createObjectNode());
        }
        return found != null && Documents.holds(found, due);
    }

    @Override
    public void put() throws SeedException, IOException {
        var due = document == null ? fresh : document;
        if (due == null) {
            Calls.require(lambda.call("DELETE", address.change), name.field + ": Delete" + name.operation);
            return;
        }
        var method = address.create.equals("PUT") || find() != null ? "PUT" : address.create;
        Calls.require(lambda.json(method, address.change, due), name.field + ": Put" + name.operation);
    }

    private @Nullable JsonNode find() throws SeedException, IOException {
        var answer = lambda.call("GET", address.read);
        return answer.status() == 404 ? null : Calls.read(Calls.require(answer, name.field + ": Get" + name.operation));
    }
}
