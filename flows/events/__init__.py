"""What an operator is told of without looking: events of the runs, and the notices that follow from them."""
