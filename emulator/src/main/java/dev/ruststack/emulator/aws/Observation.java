package dev.ruststack.emulator.aws;

import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;

/** One call on its way to its answer, for a {@link CallObserver}. Used by the call's thread only. */
public final class Observation {
    private final CallObserver observer;
    private final String service;
    private final boolean within;
    private final long began = System.nanoTime();
    private String operation = CallObserver.Observed.UNKNOWN;

    /** Begins now. */
    public Observation(CallObserver observer, String service, Request request) {
        this.observer = observer;
        this.service = service;
        this.within = InProcess.made(request);
    }

    /** Notes what is called, once that is known. */
    public void operation(String name) {
        operation = name;
    }

    /** Tells the observer of the answer, and gives it back. */
    public Response answered(Response response) {
        observer.called(
                new CallObserver.Observed(service, operation, response.status(), System.nanoTime() - began, within));
        return response;
    }
}
