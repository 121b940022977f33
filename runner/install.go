package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// install copies this program to directory/runner and writes the sandbox's token to directory/token. The key of the
// stack stays here: the container of the function sees its own token only.
func install(directory, key, sandbox string) error {
	if key == "" || sandbox == "" {
		return errors.New("RUSTSTACK_RUNNER_KEY and RUSTSTACK_SANDBOX have to be set")
	}
	if err := copySelf(filepath.Join(directory, "runner")); err != nil {
		return fmt.Errorf("cannot copy the runner: %w", err)
	}
	if err := os.WriteFile(filepath.Join(directory, "token"), []byte(tokenOf(key, sandbox)), 0o600); err != nil {
		return fmt.Errorf("cannot write the token: %w", err)
	}
	return nil
}

func copySelf(target string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	source, err := os.Open(self)
	if err != nil {
		return err
	}
	defer source.Close()
	// A container that was started again finds the copy of the time before, which cannot be written to.
	if err := os.Remove(target); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	out, err := os.OpenFile(target, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o755)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, source); err != nil {
		out.Close()
		return err
	}
	if err := out.Close(); err != nil {
		return err
	}
	return os.Chmod(target, 0o555)
}

// tokenOf is what a sandbox proves itself with: hex of the HMAC-SHA256 of its id, keyed with the text of the key.
func tokenOf(key, sandbox string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(sandbox))
	return hex.EncodeToString(mac.Sum(nil))
}

// takeToken reads the token and removes its file, so that no function ever sees it.
func takeToken(file string) (string, error) {
	token, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("no token: %w", err)
	}
	if err := os.Remove(file); err != nil {
		return "", fmt.Errorf("the token cannot be hidden from the function: %w", err)
	}
	return strings.TrimSpace(string(token)), nil
}
