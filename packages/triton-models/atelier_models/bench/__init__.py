"""What `npm run bench:models` measures beside Triton. No model needs this package."""
