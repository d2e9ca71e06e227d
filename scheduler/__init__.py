"""What happens because of time: what falls due, what is delivered, what is tidied up."""
