/** The least a JVM does: says that it runs, and waits until its input ends. */
public final class Bare {
    private Bare() {}

    public static void main(String[] arguments) throws java.io.IOException {
        System.out.println("up");
        System.in.read();
    }
}
