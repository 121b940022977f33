// Renders the receipt of an order. Event: {"order": {...}}; result: {"orderId", "text"}.

const WIDTH = 44;

export const handler = async (event) => {
  const order = event?.order;
  if (!order?.orderId || !Array.isArray(order.items)) {
    throw new TypeError('The event must hold an "order" with an "orderId" and "items".');
  }
  const lines = [
    `Receipt for order ${order.orderId}`,
    `Customer: ${order.customer}`,
    "-".repeat(WIDTH),
    ...order.items.map((item) => row(`${item.quantity} x ${item.sku}`, item.quantity * item.unitPriceCents)),
    "-".repeat(WIDTH),
    row(`Total ${order.currency}`, order.totalCents),
  ];
  return { orderId: order.orderId, text: lines.join("\n") + "\n" };
};

function row(label, cents) {
  const amount = money(cents);
  return label.padEnd(WIDTH - amount.length - 1) + " " + amount;
}

// Money stays a whole number of cents: no floating point, no rounding.
function money(cents) {
  const digits = String(cents).padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
